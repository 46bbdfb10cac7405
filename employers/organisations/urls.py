from django.urls import path

from employers.organisations import views

urlpatterns = [
    path("", views.front, name="front"),
    path("sign-in", views.sign_in_page, name="sign-in"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("employers/", views.employers, name="employers"),
]
