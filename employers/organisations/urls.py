from django.urls import path

from employers.organisations.views import front, giving, identified, people, sign_in, suomi_fi

urlpatterns = [
    path("sign-in", sign_in.sign_in_page, name="sign-in"),
    path("sign-in/begin", identified.begin, name="sign-in-begin"),
    path("sign-in/back", identified.back, name="identified"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("signed-out", sign_in.signed_out_page, name="signed-out"),
    path("employers/", front.employers, name="employers"),
    path("suomi-fi/", suomi_fi.begin, name="suomi-fi"),
    path("suomi-fi/return", suomi_fi.back, name="suomi-fi-return"),
    path("suomi-fi/leave", suomi_fi.leave, name="suomi-fi-leave"),
    path("employers/<uuid:organisation_id>/people/", people.people, name="mandates"),
    path("employers/<uuid:organisation_id>/people/give/<slug:whom>/", giving.give, name="give-right"),
    path("employers/<uuid:organisation_id>/people/<uuid:right_id>/", giving.change, name="change-right"),
    path("employers/<uuid:organisation_id>/people/<uuid:right_id>/end/", giving.end, name="end-right"),
    path("employers/<uuid:organisation_id>/size/", people.size, name="employer-size"),
]

well_known = [path("portal-jwks.json", identified.keys)]
