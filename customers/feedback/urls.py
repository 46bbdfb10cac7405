"""The calls of this stage."""

from django.urls import path

from customers.feedback import api

urlpatterns = [
    path("benchmarks", api.Benchmarks.as_view(), name="benchmarks"),
    path("customers/feedback", api.Feedback.as_view(), name="feedback"),
]
