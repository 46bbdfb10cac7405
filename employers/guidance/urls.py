from django.urls import path

from employers.guidance.flows.every import FLOWS
from employers.guidance.flows.worth import WORTH
from employers.guidance.views import flows, topics

urlpatterns = [
    path("guidance/", topics.topic_list, name="guidance-list"),
    # The flow that tells how long applying takes is a page of the applications.
    *(
        path(f"guidance/{slug}/", flows.flow_page, {"slug": slug}, name=f"flow-{slug}")
        for slug in FLOWS
        if slug != WORTH.slug
    ),
    path("guidance/<slug:slug>/", topics.topic_page, name="guidance-topic"),
    path("guidance/<slug:slug>/helped/", topics.vote_on, name="guidance-vote"),
]
