from django.urls import path

from employers.notifications.views import account, addresses, consents, feed, mail

urlpatterns = [
    path("employers/<uuid:organisation_id>/account/", account.account, name="account"),
    path("employers/<uuid:organisation_id>/account/change/", account.change, name="account-change"),
    path("employers/<uuid:organisation_id>/account/cancel/", account.cancel, name="account-cancel"),
    path("employers/<uuid:organisation_id>/account/confirm/<str:change>/", account.confirm, name="account-confirm"),
    path("employers/<uuid:organisation_id>/account/agree/<slug:what>/", consents.agreeing, name="consent"),
    path("employers/<uuid:organisation_id>/notifications/", addresses.notifications, name="notifications"),
    path("employers/<uuid:organisation_id>/notifications/calendar/", addresses.calendar, name="calendar"),
    path("employers/<uuid:organisation_id>/notifications/<uuid:address_id>/", addresses.address, name="address"),
    path(
        "employers/<uuid:organisation_id>/notifications/<uuid:address_id>/remove/",
        addresses.remove,
        name="address-remove",
    ),
    path("mail/confirm/<str:address_token>/", mail.confirm_address, name="address-confirm"),
    path("mail/stop/<str:stop_token>/", mail.stop, name="mail-stop"),
]

calendars = [path("<str:token>.ics", feed.feed, name="calendar-feed")]
