from django.urls import include, path

from employers.organisations.views import (
    credentials,
    front,
    giving,
    identified,
    machine_clients,
    people,
    rights_requests,
    sign_in,
    suomi_fi,
)

of_client = [
    path("", machine_clients.one, name="machine-client"),
    path("scopes/", machine_clients.scopes, name="client-scopes"),
    path("end/", machine_clients.end, name="end-client"),
    path("secrets/new/", credentials.new_secret, name="new-secret"),
    path("secrets/<uuid:secret_id>/end/", credentials.ending_secret, name="end-secret"),
    path("keys/new/", credentials.new_key, name="new-key"),
    path("keys/<uuid:key_id>/remove/", credentials.removing_key, name="remove-key"),
]

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
    path(
        "employers/<uuid:organisation_id>/people/asked/<uuid:asked_id>/", rights_requests.answer, name="answer-rights"
    ),
    path("employers/<uuid:organisation_id>/rights-asked/", rights_requests.asked, name="rights-asked"),
    path("employers/<uuid:organisation_id>/rights-asked/new/", rights_requests.ask, name="ask-rights"),
    path(
        "employers/<uuid:organisation_id>/rights-asked/<uuid:sent_id>/take-back/",
        rights_requests.take_back,
        name="take-back-request",
    ),
    path("employers/<uuid:organisation_id>/machines/", machine_clients.clients, name="machine-clients"),
    path("employers/<uuid:organisation_id>/machines/new/", machine_clients.new, name="new-client"),
    path("employers/<uuid:organisation_id>/machines/<uuid:machine_id>/", include(of_client)),
    path("employers/<uuid:organisation_id>/size/", people.size, name="employer-size"),
]

well_known = [path("portal-jwks.json", identified.keys)]
