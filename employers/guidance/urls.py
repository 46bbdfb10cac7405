from django.urls import path

from employers.guidance import views

urlpatterns = [
    path("guidance/", views.topic_list, name="guidance-list"),
    path("guidance/<slug:slug>/", views.topic_page, name="guidance-topic"),
]
