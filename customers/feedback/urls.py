"""The calls of this stage."""

from django.urls import path

from customers.feedback import api

urlpatterns = [
    path("customers/feedback", api.Feedback.as_view(), name="feedback"),
]
