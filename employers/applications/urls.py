from django.urls import path

from employers.applications.views import answering, application, apply, estimate, finding, overview, send

urlpatterns = [
    path("estimate/", estimate.choose, name="estimate"),
    path("estimate/result/", estimate.kept, name="estimate-kept"),
    path("estimate/special-care/", estimate.special_care, name="special-care"),
    path("estimate/<slug:benefit>/", estimate.estimate, name="estimate-of"),
    path("estimate/<slug:benefit>/result/", estimate.result, name="estimate-result"),
    path("apply/", estimate.apply_new, name="apply-new"),
    path("employers/<uuid:organisation_id>/", overview.employer, name="employer"),
    path("employers/<uuid:organisation_id>/applications/", overview.applications, name="applications"),
    path("employers/<uuid:organisation_id>/apply/", apply.start, name="apply-start"),
    path("apply/<uuid:draft_id>/check/", send.check, name="apply-check"),
    path("apply/<uuid:draft_id>/delete/", apply.throw_away, name="apply-delete"),
    path("apply/<uuid:draft_id>/<slug:step>/", apply.page, name="apply"),
    path("applications/<uuid:application_id>/", application.application, name="application"),
    path("applications/<uuid:application_id>/receipt/", send.receipt, name="receipt"),
    path("applications/<uuid:application_id>/requests/<uuid:request_id>/", answering.answers, name="answers"),
    path("findings/<uuid:finding_id>/", finding.finding, name="finding"),
]
