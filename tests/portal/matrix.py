"""Who may open what. One row a route and method; a route without a row fails, and so does a row without a route.

200 is an answer; an empty list is one too. 302 of a page leads to signing in, or onwards after a form. 404 says that
there is no such thing, 403 which right or scope is missing.
"""

PEOPLE = ("owner", "other_employer", "agent", "ended", "other_right", "reader", "official", "anonymous")

# Nobody is asked who they are.
PUBLIC = {
    "GET /healthz": 200,
    "GET /": 302,
    "POST /language/setlang/": 302,
    "POST /oauth/token": 400,  # it asks for nothing
    "GET /api/v1/parameters": 200,
    "GET /api/v1/codes": 200,
    "GET /api/v1/benchmarks": 200,
    "GET /api/v1/problems/<str:code>": 200,
    "GET /api/v1/openapi.json": 200,
    "GET /api/docs/": 200,
    "GET /api/docs/<slug:topic>": 200,
    "GET /fi/": 200,
    "GET /fi/sign-in": 200,
    "GET /fi/sign-in/begin": 302,  # to the sign-in page, where no broker is connected
    "GET /fi/sign-in/back": 400,  # from nowhere
    "POST /fi/sign-out": 200,
    "GET /fi/signed-out": 200,
    "GET /.well-known/portal-jwks.json": 404,  # no keys are laid out here
    "GET /fi/estimate/": 200,
    "GET /fi/estimate/result/": 302,  # to the choice, when nothing was asked
    "GET /fi/estimate/special-care/": 200,
    "GET /fi/estimate/<slug:benefit>/": 200,
    "POST /fi/estimate/<slug:benefit>/": 200,
    "GET /fi/estimate/<slug:benefit>/result/": 302,  # to the questions, when none was answered
    "GET /fi/rates/": 200,
    "GET /fi/rates/<int:year>/": 200,
    "GET /fi/guidance/": 200,
    "GET /fi/guidance/<slug:slug>/": 404,  # no topic is loaded here
    "POST /fi/guidance/<slug:slug>/helped/": 404,
    "GET /fi/guidance/which-benefit/": 200,
    "GET /fi/guidance/by-when/": 200,
    "GET /fi/guidance/who-gets-the-money/": 200,
    "GET /fi/guidance/do-i-need-a-mandate/": 200,
    "GET /fi/guidance/is-it-worth-it/": 200,
    "GET /fi/other-employers/": 200,
    "GET /fi/costs-template/<slug:kind>/": 404,  # for CSV and XLSX alone
    "GET /fi/mail/confirm/<str:address_token>/": 404,  # a token that we never gave
    "POST /fi/mail/confirm/<str:address_token>/": 404,
    "GET /fi/mail/stop/<str:stop_token>/": 404,
    "POST /fi/mail/stop/<str:stop_token>/": 404,
    "GET /calendar/<str:token>.ics": 404,
}

# fmt: off
PAGES = {  # in the order of PEOPLE
    "GET /fi/employers/":                                               (200, 302, 302, 200, 302, 302, 200, 302),
    "GET /fi/apply/":                                                   (302, 302, 302, 302, 302, 302, 302, 302),
    "GET /fi/employers/<uuid:organisation_id>/":                        (200, 404, 200, 404, 200, 200, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/applications/":           (200, 404, 200, 404, 200, 200, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/apply/":                 (302, 404, 302, 404, 403, 403, 404, 302),
    "GET /fi/apply/<uuid:draft_id>/check/":                             (200, 404, 200, 404, 404, 404, 404, 302),
    "POST /fi/apply/<uuid:draft_id>/check/":                            (200, 404, 200, 404, 404, 404, 404, 302),
    "GET /fi/apply/<uuid:draft_id>/delete/":                            (200, 404, 200, 404, 404, 404, 404, 302),
    "POST /fi/apply/<uuid:draft_id>/delete/":                           (302, 404, 302, 404, 404, 404, 404, 302),
    "POST /fi/apply/<uuid:draft_id>/copy/":                             (302, 404, 302, 404, 404, 404, 404, 302),
    "POST /fi/applications/<uuid:application_id>/new/<slug:how>/":      (302, 404, 302, 404, 404, 404, 404, 302),
    "GET /fi/apply/<uuid:draft_id>/<slug:step>/":                       (200, 404, 200, 404, 404, 404, 404, 302),
    "POST /fi/apply/<uuid:draft_id>/<slug:step>/":                      (200, 404, 200, 404, 404, 404, 404, 302),
    "GET /fi/findings/<uuid:finding_id>/":                              (200, 404, 200, 404, 404, 404, 404, 302),
    "POST /fi/findings/<uuid:finding_id>/":                             (302, 404, 302, 404, 404, 404, 404, 302),
    # The sitting here is a list, so that there are no rows of a file to take along; and no file is JSON.
    "GET /fi/employers/<uuid:organisation_id>/findings/":               (200, 404, 200, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/findings/":              (200, 404, 200, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/findings/set-aside/":     (302, 404, 302, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/findings/set-aside/":    (302, 404, 302, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/findings/aside/":         (200, 404, 200, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/findings/aside/":        (404, 404, 404, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/findings/differences/":   (200, 404, 200, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/findings/file/<slug:kind>/":
                                                                        (404, 404, 404, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/register/":               (200, 404, 200, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/register/":              (200, 404, 200, 404, 403, 403, 404, 302),
    "GET /fi/clients/":                                                 (200, 200, 200, 200, 200, 200, 200, 302),
    "GET /fi/employers/<uuid:organisation_id>/list/":                   (200, 404, 200, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/list/":                  (302, 404, 302, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/list/<uuid:preview_id>/": (200, 404, 200, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/list/<uuid:preview_id>/":
                                                                        (200, 404, 200, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/upload/":                 (200, 404, 200, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/upload/":                (200, 404, 200, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/upload/template/<slug:benefit>/<slug:kind>/":
                                                                        (404, 404, 404, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/upload/<uuid:preview_id>/":
                                                                        (200, 404, 200, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/upload/<uuid:preview_id>/send/":
                                                                        (302, 404, 302, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/upload/<uuid:preview_id>/delete/":
                                                                        (302, 404, 302, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/upload/<uuid:preview_id>/errors/<slug:kind>/":
                                                                        (404, 404, 404, 404, 403, 403, 404, 302),
    "GET /fi/applications/<uuid:application_id>/":                      (200, 404, 200, 404, 404, 200, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/messages/":               (200, 404, 200, 404, 403, 200, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/ask/":                    (200, 404, 200, 404, 403, 200, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/ask/":                   (200, 404, 200, 404, 403, 200, 404, 302),
    "GET /fi/messages/<uuid:thread_id>/":                               (200, 404, 200, 404, 404, 200, 404, 302),
    "POST /fi/messages/<uuid:thread_id>/":                              (200, 404, 200, 404, 404, 200, 404, 302),
    # Of a draft about occupational health care alone.
    "GET /fi/apply/<uuid:draft_id>/costs-file/":                       (404, 404, 404, 404, 404, 404, 404, 302),
    "POST /fi/apply/<uuid:draft_id>/costs-file/":                      (404, 404, 404, 404, 404, 404, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/occupational-health/":   (200, 404, 200, 404, 403, 403, 404, 302),
    "GET /fi/apply/<uuid:draft_id>/attachments/":                       (200, 404, 200, 404, 404, 404, 404, 302),
    "POST /fi/apply/<uuid:draft_id>/attachments/":                      (200, 404, 200, 404, 404, 404, 404, 302),
    "GET /fi/applications/<uuid:application_id>/attachments/":          (200, 404, 200, 404, 404, 403, 404, 302),
    "POST /fi/applications/<uuid:application_id>/attachments/":         (200, 404, 200, 404, 404, 403, 404, 302),
    "GET /fi/attachments/<uuid:attachment_id>/":                        (200, 404, 200, 404, 404, 404, 404, 302),
    "POST /fi/attachments/<uuid:attachment_id>/delete/":                (302, 404, 302, 404, 404, 404, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/account/":                (200, 404, 200, 404, 200, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/account/change/":         (200, 404, 200, 404, 200, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/account/change/":        (200, 404, 200, 404, 200, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/account/cancel/":        (302, 404, 302, 404, 302, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/account/confirm/<str:change>/":
                                                                        (200, 404, 200, 404, 200, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/account/confirm/<str:change>/":
                                                                        (302, 404, 302, 404, 302, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/account/agree/<slug:what>/":
                                                                        (200, 404, 200, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/account/agree/<slug:what>/":
                                                                        (200, 404, 200, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/notifications/":          (200, 404, 200, 404, 200, 200, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/notifications/":         (200, 404, 200, 404, 200, 200, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/notifications/calendar/":
                                                                        (200, 404, 200, 404, 200, 200, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/notifications/<uuid:address_id>/":
                                                                        (200, 404, 200, 404, 200, 404, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/notifications/<uuid:address_id>/":
                                                                        (200, 404, 200, 404, 200, 404, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/notifications/<uuid:address_id>/remove/":
                                                                        (302, 404, 302, 404, 302, 404, 404, 302),
    "GET /fi/applications/<uuid:application_id>/receipt.pdf":           (200, 404, 200, 404, 404, 200, 404, 302),
    "GET /fi/applications/<uuid:application_id>/decision.pdf":          (404, 404, 404, 404, 404, 404, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/payments/":               (200, 404, 200, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/data/":                   (200, 404, 200, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/data/<slug:kind>/":       (200, 404, 200, 404, 403, 403, 404, 302),
    "POST /fi/applications/<uuid:application_id>/correct/":             (302, 404, 302, 404, 404, 403, 404, 302),
    "GET /fi/applications/<uuid:application_id>/withdraw/":             (200, 404, 200, 404, 404, 403, 404, 302),
    "POST /fi/applications/<uuid:application_id>/withdraw/":            (200, 404, 200, 404, 404, 403, 404, 302),
    # Their own tests have an application whose pay goes on or ends.
    "GET /fi/applications/<uuid:application_id>/pay-report/":           (302, 404, 302, 404, 404, 403, 404, 302),
    "POST /fi/applications/<uuid:application_id>/pay-report/":          (302, 404, 302, 404, 404, 403, 404, 302),
    "GET /fi/applications/<uuid:application_id>/pay-end/":              (404, 404, 404, 404, 404, 404, 404, 302),
    # The draft here says nothing anew.
    "GET /fi/apply/<uuid:draft_id>/correction/":                        (404, 404, 404, 404, 404, 404, 404, 302),
    "POST /fi/apply/<uuid:draft_id>/correction/":                       (404, 404, 404, 404, 404, 404, 404, 302),
    "GET /fi/applications/<uuid:application_id>/receipt/":              (200, 404, 200, 404, 404, 200, 404, 302),
    "GET /fi/applications/<uuid:application_id>/requests/<uuid:request_id>/":
                                                                        (200, 404, 200, 404, 404, 403, 404, 302),
    "POST /fi/applications/<uuid:application_id>/requests/<uuid:request_id>/":
                                                                        (200, 404, 200, 404, 404, 403, 404, 302),
    "GET /fi/suomi-fi/":                                                (404, 404, 404, 404, 404, 404, 404, 302),
    "GET /fi/suomi-fi/return":                                          (400, 400, 400, 400, 400, 400, 400, 302),
    "POST /fi/suomi-fi/leave":                                          (302, 302, 302, 302, 302, 302, 302, 302),
    "GET /fi/employers/<uuid:organisation_id>/people/":                 (200, 404, 200, 404, 200, 200, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/people/give/<slug:whom>/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/people/give/<slug:whom>/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/people/<uuid:right_id>/": (200, 404, 403, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/people/<uuid:right_id>/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/people/<uuid:right_id>/end/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/people/<uuid:right_id>/end/":
                                                                        (302, 404, 403, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/size/":                   (302, 404, 302, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/size/":                  (302, 404, 302, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/people/asked/<uuid:asked_id>/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/people/asked/<uuid:asked_id>/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/rights-asked/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/rights-asked/new/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/rights-asked/new/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/rights-asked/<uuid:sent_id>/take-back/":
                                                                        (302, 404, 403, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/machines/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/machines/new/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/machines/new/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/machines/<uuid:machine_id>/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/machines/<uuid:machine_id>/scopes/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/machines/<uuid:machine_id>/scopes/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/machines/<uuid:machine_id>/end/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/machines/<uuid:machine_id>/end/":
                                                                        (302, 404, 403, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/machines/<uuid:machine_id>/secrets/new/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/machines/<uuid:machine_id>/secrets/new/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/machines/<uuid:machine_id>/secrets/<uuid:secret_id>/end/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/machines/<uuid:machine_id>/secrets/<uuid:secret_id>/end/":
                                                                        (302, 404, 403, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/machines/<uuid:machine_id>/keys/new/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/machines/<uuid:machine_id>/keys/new/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "GET /fi/employers/<uuid:organisation_id>/machines/<uuid:machine_id>/keys/<uuid:key_id>/remove/":
                                                                        (200, 404, 403, 404, 403, 403, 404, 302),
    "POST /fi/employers/<uuid:organisation_id>/machines/<uuid:machine_id>/keys/<uuid:key_id>/remove/":
                                                                        (302, 404, 403, 404, 403, 403, 404, 302),
}
# fmt: on

STATE = {"GET /readyz"}  # answers by the state of the neighbours; tested with them
