from django.urls import path

from employers.organisations.views import front, sign_in

urlpatterns = [
    path("", front.front, name="front"),
    path("sign-in", sign_in.sign_in_page, name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("employers/", front.employers, name="employers"),
]
