from django.urls import path

from employers.organisations.views import front, identified, sign_in

urlpatterns = [
    path("", front.front, name="front"),
    path("sign-in", sign_in.sign_in_page, name="sign-in"),
    path("sign-in/begin", identified.begin, name="sign-in-begin"),
    path("sign-in/back", identified.back, name="identified"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("signed-out", sign_in.signed_out_page, name="signed-out"),
    path("employers/", front.employers, name="employers"),
]

well_known = [path("portal-jwks.json", identified.keys)]
