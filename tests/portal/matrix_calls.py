"""Who may call what by machine: a row a call, as in the table of the pages beside it."""

from tests.portal.matrix import PEOPLE

MACHINES = (*PEOPLE, "agency")

# fmt: off
CALLS = {  # in the order of MACHINES
    "GET /api/v1/employers":                                       (200, 200, 200, 200, 200, 200, 401, 401, 403),
    "GET /api/v1/employers/<str:business_id>":                     (200, 404, 200, 404, 200, 200, 401, 401, 403),
    "GET /api/v1/employers/<str:business_id>/readiness":           (200, 404, 200, 404, 200, 200, 401, 401, 403),
    "GET /api/v1/events":                                          (200, 200, 200, 200, 200, 200, 401, 401, 403),
    "POST /api/v1/estimates":                                      (200, 422, 200, 422, 403, 403, 401, 401, 403),
    "GET /api/v1/applications":                                    (200, 200, 200, 200, 200, 200, 401, 401, 403),
    "POST /api/v1/applications":                                   (201, 422, 201, 422, 403, 403, 401, 401, 403),
    "POST /api/v1/applications/validate":                          (200, 422, 200, 422, 403, 403, 401, 401, 403),
    "POST /api/v1/applications/search":                            (200, 422, 200, 422, 403, 200, 401, 401, 403),
    "GET /api/v1/applications/by-key/<str:key>":                   (404, 404, 200, 404, 404, 404, 401, 401, 403),
    "GET /api/v1/applications/<uuid:id>":                          (200, 404, 200, 404, 403, 200, 401, 401, 403),
    "GET /api/v1/applications/<uuid:id>/history":                  (200, 404, 200, 404, 403, 200, 401, 401, 403),
    "GET /api/v1/applications/<uuid:id>/corrections":               (200, 404, 200, 404, 403, 200, 401, 401, 403),
    "POST /api/v1/applications/<uuid:id>/corrections":              (201, 404, 201, 404, 403, 403, 401, 401, 403),
    "POST /api/v1/applications/<uuid:id>/withdrawal":               (201, 404, 201, 404, 403, 403, 401, 401, 403),
    # Pay was reported to the end of the absence.
    "POST /api/v1/applications/<uuid:id>/pay-reports":              (409, 404, 409, 404, 403, 403, 401, 401, 403),
    "GET /api/v1/applications/<uuid:id>/messages":                  (200, 404, 200, 404, 403, 200, 401, 401, 403),
    "POST /api/v1/applications/<uuid:id>/messages":                 (201, 404, 201, 404, 403, 201, 401, 401, 403),
    "GET /api/v1/payments":                                         (200, 200, 200, 200, 200, 200, 401, 401, 403),
    "GET /api/v1/applications/<uuid:id>/decision":                 (404, 404, 404, 404, 403, 404, 401, 401, 403),
    "GET /api/v1/applications/<uuid:id>/requests":                 (200, 404, 200, 404, 403, 200, 401, 401, 403),
    "POST /api/v1/applications/<uuid:id>/requests/<uuid:rid>/answers":
                                                                   (201, 404, 201, 404, 403, 403, 401, 401, 403),
    "POST /api/v1/batches":                                        (202, 202, 202, 202, 202, 202, 401, 401, 403),
    "GET /api/v1/batches/<uuid:id>":                               (404, 404, 200, 404, 404, 404, 401, 401, 403),
    "GET /api/v1/batches/<uuid:id>/rows":                          (404, 404, 200, 404, 404, 404, 401, 401, 403),
    "GET /api/v1/batches/<uuid:id>/file":                          (404, 404, 200, 404, 404, 404, 401, 401, 403),
    "GET /api/v1/batches/templates/<str:benefit>":                 (200, 200, 200, 200, 200, 200, 401, 401, 403),
    "POST /api/v1/register-syncs":                                 (202, 422, 202, 422, 403, 403, 401, 401, 403),
    "GET /api/v1/register-syncs/<uuid:id>":                        (200, 404, 200, 404, 403, 403, 401, 401, 403),
    "GET /api/v1/register-findings":                               (200, 200, 200, 200, 200, 200, 401, 401, 403),
    "POST /api/v1/register-findings/<uuid:id>/dismissal":          (200, 404, 200, 404, 403, 403, 401, 401, 403),
    "DELETE /api/v1/register-findings/<uuid:id>/dismissal":        (200, 404, 200, 404, 403, 403, 401, 401, 403),
    # The client's own: its employer's other program has none of them.
    "GET /api/v1/webhooks":                                         (200, 200, 200, 200, 200, 200, 401, 401, 403),
    "POST /api/v1/webhooks":                                        (201, 201, 201, 201, 201, 201, 401, 401, 403),
    "GET /api/v1/webhooks/<uuid:id>":                               (404, 404, 200, 404, 404, 404, 401, 401, 403),
    "PATCH /api/v1/webhooks/<uuid:id>":                             (404, 404, 200, 404, 404, 404, 401, 401, 403),
    "DELETE /api/v1/webhooks/<uuid:id>":                            (404, 404, 204, 404, 404, 404, 401, 401, 403),
    "POST /api/v1/webhooks/<uuid:id>/secret":                       (404, 404, 201, 404, 404, 404, 401, 401, 403),
    "POST /api/v1/webhooks/<uuid:id>/test":                         (404, 404, 200, 404, 404, 404, 401, 401, 403),
    "GET /api/v1/webhooks/<uuid:id>/deliveries":                    (404, 404, 200, 404, 404, 404, 401, 401, 403),
    "POST /api/v1/webhooks/<uuid:id>/deliveries/<uuid:did>/replay": (404, 404, 202, 404, 404, 404, 401, 401, 403),
    "PUT /api/v1/employers/<str:business_id>/bank-account":         (200, 404, 200, 404, 200, 403, 401, 401, 403),
    "GET /api/v1/applications/<uuid:id>/attachments":               (200, 404, 200, 404, 403, 200, 401, 401, 403),
    # What is sent here is no file.
    "POST /api/v1/applications/<uuid:id>/attachments":              (415, 404, 415, 404, 403, 403, 401, 401, 403),
    "GET /api/v1/applications/<uuid:id>/attachments/<uuid:aid>":    (200, 404, 200, 404, 403, 200, 401, 401, 403),
    "GET /api/v1/drafts":                                           (200, 200, 200, 200, 200, 200, 401, 401, 403),
    "POST /api/v1/drafts":                                          (201, 422, 201, 422, 403, 403, 401, 401, 403),
    "GET /api/v1/drafts/<uuid:id>":                                 (200, 404, 200, 404, 403, 403, 401, 401, 403),
    "PATCH /api/v1/drafts/<uuid:id>":                               (200, 404, 200, 404, 403, 403, 401, 401, 403),
    "DELETE /api/v1/drafts/<uuid:id>":                              (204, 404, 204, 404, 403, 403, 401, 401, 403),
    # Its days were applied for already.
    "POST /api/v1/drafts/<uuid:id>/submission":                     (409, 404, 409, 404, 403, 403, 401, 401, 403),
    "GET /api/v1/guidance":                                        (200, 200, 200, 200, 200, 200, 401, 401, 403),
    "GET /api/v1/customers/feedback":                              (403, 403, 403, 403, 403, 403, 401, 401, 200),
    "GET /api/v1/agency/openapi.json":                             (403, 403, 403, 403, 403, 403, 401, 401, 200),
    "POST /api/v1/sandbox/reset":                                  (404, 204, 204, 404, 404, 404, 401, 401, 204),
    "POST /api/v1/sandbox/clock":                                  (404, 422, 422, 404, 404, 404, 401, 401, 422),
}
# fmt: on
