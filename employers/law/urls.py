from django.urls import path

from employers.law import views

urlpatterns = [
    path("rates/", views.rates, name="rates"),
    path("rates/<int:year>/", views.rates, name="rates-of-year"),
]
