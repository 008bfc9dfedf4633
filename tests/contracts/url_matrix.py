"""Who gets what at every address: the reviewed table. An address without a row fails the build.

Columns: anonymous, assessment office, cadre section, supervision section, department leader, liaison of the finance
department (all of county A), assessment office of county B, auditor, system, security and audit administrator, an account
without any role, and the discipline commission. Cells: the status of the answer, `in` for a way to the sign-in page.

The discipline commission has few pages: where its cell is left out, it gets what an account without any role gets.

A page leads anonymous visitors to the sign-in page (`in`), answers users who hold the permission nowhere with 403, and what lies
outside a scope with 404, as what does not exist; the API answers 401, 403, 404. 405: the address takes another method.
422: the form was read and refused (its fields are empty here), so the user may send it.
Rows are about things of county A; `#neighbour` is another department of A than the liaison's, `#elsewhere` is county B,
`#preview` a run that was neither published nor opened, `#opened` one that is open to the units. `*` stands for any table of a room in the read-only admin: what a room's auditors
may see is said once, a new room needs its own lines.
"""

import fnmatch
from dataclasses import dataclass

COLUMNS = (
    "anonymous",
    "assessment_office",
    "cadre_section",
    "supervision_section",
    "department_leader",
    "unit_liaison",
    "other_county_office",
    "auditor",
    "system_admin",
    "security_admin",
    "audit_admin",
    "stranger",
    "discipline_commission",
)
TABLE = """
#                                                any off cad sup led lia oth aud sys sec adm str dis
GET   home                                        in 200 200 200 200 200 200 200 200 200 200 200
GET   set_language                               302 302 302 302 302 302 302 302 302 302 302 302
POST  set_language                               302 302 302 302 302 302 302 302 302 302 302 302
GET   inbox                                       in 200 200 200 200 200 200 200 200 200 200 200
GET   help                                        in 200 200 200 200 200 200 200 200 200 200 200
GET   help-page                                   in 200 200 200 200 200 200 200 200 200 200 200
GET   accounts:sign-in                           200 302 302 302 302 302 302 302 302 302 302 302
POST  accounts:sign-in                           422 422 422 422 422 422 422 422 422 422 422 422
GET   accounts:sign-out                          405 405 405 405 405 405 405 405 405 405 405 405
POST  accounts:sign-out                            in  in  in  in  in  in  in  in  in  in  in  in
GET   accounts:set-language                      405 405 405 405 405 405 405 405 405 405 405 405
POST  accounts:set-language                      302 302 302 302 302 302 302 302 302 302 302 302
GET   accounts:password-change                    in 200 200 200 200 200 200 200 200 200 200 200
POST  accounts:password-change                    in 422 422 422 422 422 422 422 422 422 422 422
GET   accounts:profile                            in 200 200 200 200 200 200 200 200 200 200 200
GET   accounts:account-list                       in 403 403 403 403 403 403 403 200 403 403 403
GET   accounts:account-create                     in 403 403 403 403 403 403 403 200 403 403 403
POST  accounts:account-create                     in 403 403 403 403 403 403 403 422 403 403 403
GET   accounts:key-revoke                        405 405 405 405 405 405 405 405 405 405 405 405
POST  accounts:key-revoke                         in 403 403 403 403 403 403 403 302 403 403 403
GET   accounts:account-detail                     in 403 403 403 403 403 403 403 200 403 403 403
GET   accounts:account-name-holder               405 405 405 405 405 405 405 405 405 405 405 405
POST  accounts:account-name-holder                in 403 403 403 403 403 403 403 302 403 403 403
GET   accounts:account-lock                      405 405 405 405 405 405 405 405 405 405 405 405
POST  accounts:account-lock                       in 403 403 403 403 403 403 403 302 403 403 403
GET   accounts:account-unlock                    405 405 405 405 405 405 405 405 405 405 405 405
POST  accounts:account-unlock                     in 403 403 403 403 403 403 403 302 403 403 403
GET   accounts:account-reset-password            405 405 405 405 405 405 405 405 405 405 405 405
POST  accounts:account-reset-password             in 403 403 403 403 403 403 403 200 403 403 403
GET   accounts:key-create                         in 403 403 403 403 403 403 403 200 403 403 403
POST  accounts:key-create                         in 403 403 403 403 403 403 403 422 403 403 403
GET   accounts:grant-list                         in 403 403 403 403 403 403 403 403 200 403 403
GET   accounts:grant-user                         in 403 403 403 403 403 403 403 403 200 403 403
POST  accounts:grant-user                         in 403 403 403 403 403 403 403 403 422 403 403
GET   accounts:grant-end                         405 405 405 405 405 405 405 405 405 405 405 405
POST  accounts:grant-end                          in 403 403 403 403 403 403 403 403 302 403 403
GET   organizations:tree                          in 200 200 200 200 200 200 200 403 403 403 403 200
GET   organizations:unit                          in 200 200 200 200 200 404 200 403 403 403 403 200
GET   organizations:unit#elsewhere                in 404 404 404 404 404 200 200 403 403 403 403 404
GET   organizations:unit#neighbour                in 200 200 200 200 404 404 200 403 403 403 403 200
GET   organizations:quotas                         in 200 200 200 200 200 200 200 403 403 403 403 200
GET   organizations:quotas-file                    in 200 200 200 200 200 200 200 403 403 403 403 200
GET   organizations:act                            in 200 200 200 200 200 404 200 403 403 403 403 200
GET   organizations:act-undo                       in 405 405 405 405 405 405 405 405 405 405 405
POST  organizations:act-undo                       in 403 302 403 403 403 403 403 403 403 403 403
GET   organizations:unit-act                       in 403 200 403 403 403 403 403 403 403 403 403
POST  organizations:unit-act                       in 403 422 403 403 403 403 403 403 403 403 403
GET   organizations:unit-numbers                   in 403 200 403 403 403 403 403 403 403 403 403
POST  organizations:unit-numbers                   in 403 422 403 403 403 403 403 403 403 403 403
GET   organizations:unit-describe                  in 405 405 405 405 405 405 405 405 405 405 405
POST  organizations:unit-describe                  in 403 302 403 403 403 403 403 403 403 403 403
GET   organizations:unit-order                     in 403 200 403 403 403 403 403 403 403 403 403
POST  organizations:unit-order                     in 403 302 403 403 403 403 403 403 403 403 403
GET   organizations:unit-posts                     in 403 200 403 403 403 403 403 403 403 403 403
POST  organizations:unit-posts                     in 403 422 403 403 403 403 403 403 403 403 403
GET   organizations:unit-posts-order               in 405 405 405 405 405 405 405 405 405 405 405
POST  organizations:unit-posts-order               in 403 302 403 403 403 403 403 403 403 403 403
GET   organizations:unit-post                      in 403 200 403 403 403 403 403 403 403 403 403
POST  organizations:unit-post                      in 403 422 403 403 403 403 403 403 403 403 403
GET   organizations:unit-post-end                  in 405 405 405 405 405 405 405 405 405 405 405
POST  organizations:unit-post-end                  in 403 422 403 403 403 403 403 403 403 403 403
GET   casework:attachment-add                     in 405 405 405 405 405 405 405 405 405 405 405
POST  casework:attachment-add                     in 403 302 302 302 403 404 403 403 403 403 403
GET   casework:attachment                         in 200 200 200 200 403 404 200 403 403 403 403
GET   casework:attachment-withdraw                in 405 405 405 405 405 405 405 405 405 405 405
POST  casework:attachment-withdraw                in 403 302 302 302 403 404 403 403 403 403 403
GET   alerts:list                                 in 200 200 200 200 200 200 200 403 403 403 403 200
POST  alerts:list                                 in 422 422 422 422 422 422 422 403 403 403 403 422
GET   alerts:calendar                             in 200 200 200 200 200 200 200 403 403 403 403 200
GET   alerts:thresholds                           in 200 200 200 200 200 200 200 403 403 403 403 200
GET   alerts:threshold                            in 200 200 403 403 403 200 403 403 403 403 403
POST  alerts:threshold                            in 422 422 403 403 403 422 403 403 403 403 403
GET   alerts:alert                                in 200 200 200 200 404 404 200 403 403 403 403 404
POST  alerts:alert                                in 422 422 422 422 404 404 422 403 403 403 403 404
GET   alerts:paper                                in 200 200 200 200 404 404 200 403 403 403 403 404
GET   officials:roster                            in 200 200 200 200 200 200 200 403 403 403 403
GET   officials:suggestions                       in 200 200 200 200 200 200 200 403 403 403 403
GET   officials:compare                           in 200 200 200 200 200 200 200 403 403 403 403
GET   officials:paste                             in 200 200 200 200 200 200 200 403 403 403 403
GET   officials:list-index                        in 200 200 200 200 200 200 200 403 403 403 403
POST  officials:paste                             in 422 422 422 422 422 422 422 403 403 403 403
GET   officials:list-choose                      405 405 405 405 405 405 405 405 405 405 405 405
POST  officials:list-choose                       in 200 200 200 200 200 200 200 403 403 403 403
GET   officials:list-add                         405 405 405 405 405 405 405 405 405 405 405 405
POST  officials:list-add                          in 422 422 422 422 422 422 422 403 403 403 403
GET   officials:list-keep                        405 405 405 405 405 405 405 405 405 405 405 405
POST  officials:list-keep                         in 302 302 302 302 302 302 302 403 403 403 403
GET   officials:list                              in 404 200 404 404 404 404 404 403 403 403 403
GET   officials:list-edit                         in 404 200 404 404 404 404 404 403 403 403 403
POST  officials:list-edit                         in 404 422 404 404 404 404 404 403 403 403 403
GET   officials:list-remove                      405 405 405 405 405 405 405 405 405 405 405 405
POST  officials:list-remove                       in 404 302 404 404 404 404 404 403 403 403 403
GET   officials:list-move                        405 405 405 405 405 405 405 405 405 405 405 405
POST  officials:list-move                         in 404 302 404 404 404 404 404 403 403 403 403
GET   officials:list-combine                     405 405 405 405 405 405 405 405 405 405 405 405
POST  officials:list-combine                      in 404 302 404 404 404 404 404 403 403 403 403
GET   officials:list-share                       405 405 405 405 405 405 405 405 405 405 405 405
POST  officials:list-share                        in 404 302 404 404 404 404 404 403 403 403 403
GET   officials:list-unshare                     405 405 405 405 405 405 405 405 405 405 405 405
POST  officials:list-unshare                      in 404 302 404 404 404 404 404 403 403 403 403
GET   officials:list-trash                       405 405 405 405 405 405 405 405 405 405 405 405
POST  officials:list-trash                        in 404 302 404 404 404 404 404 403 403 403 403
GET   officials:list-restore                     405 405 405 405 405 405 405 405 405 405 405 405
POST  officials:list-restore                      in 404 302 404 404 404 404 404 403 403 403 403
GET   officials:person                             in 200 200 200 200 200 404 200 403 403 403 403
GET   officials:person#neighbour                   in 200 200 200 200 404 404 200 403 403 403 403
GET   officials:photo                              in 200 200 200 200 200 404 200 403 403 403 403
GET   officials:photo-set                         405 405 405 405 405 405 405 405 405 405 405 405
POST  officials:photo-set                          in 302 302 302 302 302 404 302 403 403 403 403
GET   officials:person-form                        in 403 200 200 200 403 403 403 403 403 403 403
GET   officials:person-form-page                   in 403 200 200 200 403 403 403 403 403 403 403
GET   officials:person-form-file                  405 405 405 405 405 405 405 405 405 405 405 405
POST  officials:person-form-file                   in 403 200 200 200 403 403 403 403 403 403 403
GET   officials:export                             in 403 422 422 422 403 403 403 403 403 403 403
POST  officials:export                             in 403 422 422 422 403 403 403 403 403 403 403
GET   officials:person-unmask                     405 405 405 405 405 405 405 405 405 405 405 405
POST  officials:person-unmask                      in 403 200 403 403 403 404 403 403 403 403 403
GET   officials:person-trash                      405 405 405 405 405 405 405 405 405 405 405 405
POST  officials:person-trash                       in 403 302 403 403 403 404 403 403 403 403 403
GET   officials:person-restore                    405 405 405 405 405 405 405 405 405 405 405 405
POST  officials:person-restore                     in 403 302 403 403 403 404 403 403 403 403 403
GET   officials:person-create                      in 403 200 403 403 403 403 403 403 403 403 403
POST  officials:person-create                      in 403 422 403 403 403 403 403 403 403 403 403
GET   officials:section-edit                       in 403 200 403 403 403 403 403 403 403 403 403
POST  officials:section-edit                       in 403 422 403 403 403 403 403 403 403 403 403
GET   officials:rows-edit                          in 403 200 403 403 403 403 403 403 403 403 403
POST  officials:rows-edit                          in 403 422 403 403 403 403 403 403 403 403 403
GET   supervision:conflict-list                    in 403 200 200 200 403 403 200 403 403 403 403
GET   supervision:conflict-compute                405 405 405 405 405 405 405 405 405 405 405 405
POST  supervision:conflict-compute                 in 403 403 302 403 403 403 403 403 403 403 403
GET   supervision:conflict                         in 403 200 200 200 403 403 200 403 403 403 403
GET   supervision:conflict-step                   405 405 405 405 405 405 405 405 405 405 405 405
POST  supervision:conflict-step                    in 403 422 422 422 403 403 422 403 403 403 403
GET   supervision:matters                          in 403 403 302 302 403 403 302 403 403 403 403
GET   supervision:matters-year                     in 403 403 200 200 403 403 200 403 403 403 403
GET   supervision:matters-ask                     405 405 405 405 405 405 405 405 405 405 405 405
POST  supervision:matters-ask                      in 403 403 302 403 403 403 403 403 403 403 403
GET   supervision:matters-file                    405 405 405 405 405 405 405 405 405 405 405 405
POST  supervision:matters-file                     in 403 403 422 403 403 403 403 403 403 403 403
GET   supervision:matters-changes                  in 403 403 200 200 403 403 200 403 403 403 403
GET   supervision:matters-checks                   in 403 403 200 200 403 403 200 403 403 403 403
GET   supervision:matters-draw                    405 405 405 405 405 405 405 405 405 405 405 405
POST  supervision:matters-draw                     in 403 403 422 403 403 403 403 403 403 403 403
GET   supervision:matters-check                    in 403 403 200 200 403 403 200 403 403 403 403
POST  supervision:matters-check                    in 403 403 422 403 403 403 403 403 403 403 403
GET   supervision:matters-change-new               in 403 403 200 403 403 403 403 403 403 403 403
POST  supervision:matters-change-new               in 403 403 422 403 403 403 403 403 403 403 403
GET   supervision:matters-key-check                in 403 403 200 403 403 403 403 403 403 403 403
POST  supervision:matters-key-check                in 403 403 422 403 403 403 403 403 403 403 403
GET   supervision:handling-list                    in 403 200 200 200 403 403 200 403 403 403 403
GET   supervision:handling                         in 403 200 200 200 403 403 200 403 403 403 403
GET   supervision:handling-step                   405 405 405 405 405 405 405 405 405 405 405 405
POST  supervision:handling-step                    in 403 422 422 422 403 403 422 403 403 403 403
GET   supervision:handling-new                     in 403 403 200 403 403 403 403 403 403 403 403
POST  supervision:handling-new                     in 403 403 422 403 403 403 403 403 403 403 403
GET   officials:correction-list                    in 200 200 200 200 200 200 200 403 403 403 403
GET   officials:correction                         in 200 200 200 200 200 404 200 403 403 403 403
GET   officials:correction-step                   405 405 405 405 405 405 405 405 405 405 405 405
POST  officials:correction-step                    in 422 422 422 422 422 404 422 403 403 403 403
GET   officials:correction-ask                     in 403 403 403 403 200 403 403 403 403 403 403
POST  officials:correction-ask                     in 403 403 403 403 422 403 403 403 403 403 403
GET   exchange:batch-list                         in 200 200 200 403 403 200 403 403 403 403 403
GET   exchange:upload                             in 200 200 200 403 403 200 403 403 403 403 403
POST  exchange:upload                             in 422 422 422 403 403 422 403 403 403 403 403
GET   exchange:batch                              in 200 404 404 403 403 404 403 403 403 403 403
GET   exchange:batch-progress                     in 200 404 404 403 403 404 403 403 403 403 403
GET   exchange:batch-file                         in 200 404 404 403 403 404 403 403 403 403 403
GET   exchange:batch-read                         in 405 405 405 405 405 405 405 405 405 405 405
POST  exchange:batch-read                         in 302 404 404 403 403 404 403 403 403 403 403
GET   exchange:batch-apply                        in 405 405 405 405 405 405 405 405 405 405 405
POST  exchange:batch-apply                        in 302 404 404 403 403 404 403 403 403 403 403
GET   exchange:batch-undo                         in 405 405 405 405 405 405 405 405 405 405 405
POST  exchange:batch-undo                         in 302 404 404 403 403 404 403 403 403 403 403
GET   exchange:batch-marked                       in 404 404 404 403 403 404 403 403 403 403 403
GET   exchange:batch-columns                      in 302 404 404 403 403 404 403 403 403 403 403
POST  exchange:batch-columns                      in 302 404 404 403 403 404 403 403 403 403 403
GET   exchange:batch-decide                       in 405 405 405 405 405 405 405 405 405 405 405
POST  exchange:batch-decide                       in 302 404 404 403 403 404 403 403 403 403 403
GET   exchange:batch-suggestions                  in 405 405 405 405 405 405 405 405 405 405 405
POST  exchange:batch-suggestions                  in 302 404 404 403 403 404 403 403 403 403 403
GET   regulations:rule-list                       in 200 200 200 200 200 200 200 403 403 403 403 200
GET   regulations:calendar-now                    in 302 302 302 302 302 302 302 403 403 403 403 302
GET   regulations:calendar                        in 200 200 200 200 200 200 200 403 403 403 403 200
GET   regulations:calendar-day                   405 405 405 405 405 405 405 405 405 405 405 405
POST  regulations:calendar-day                    in 422 403 403 403 403 422 403 403 403 403 403
GET   regulations:calendar-notice                405 405 405 405 405 405 405 405 405 405 405 405
POST  regulations:calendar-notice                 in 422 403 403 403 403 422 403 403 403 403 403
GET   regulations:rule                            in 200 200 200 200 200 200 200 403 403 403 403 200
POST  regulations:rule                             in 422 403 403 403 403 422 403 403 403 403 403
GET   supervision:period-list                     in 403 200 200 200 403 403 200 403 403 403 403
GET   supervision:period-file                     in 403 200 200 200 403 403 403 403 403 403 403
GET   supervision:reuse-desk                       in 403 200 200 200 403 403 200 403 403 403 403 302
GET   supervision:reuse-file                       in 403 200 200 200 403 403 403 403 403 403 403
GET   supervision:reuse-list                       in 403 200 200 200 403 403 200 403 403 403 403 200
GET   supervision:reuse-new                        in 403 200 403 403 403 403 403 403 403 403 403
POST  supervision:reuse-new                        in 403 422 403 403 403 403 403 403 403 403 403
GET   supervision:reuse                            in 403 200 200 200 403 403 200 403 403 403 403 200
GET   supervision:reuse-edit                       in 403 200 403 403 403 403 403 403 403 403 403
POST  supervision:reuse-edit                       in 403 422 403 403 403 403 403 403 403 403 403
GET   supervision:reuse-step                      405 405 405 405 405 405 405 405 405 405 405 405
POST  supervision:reuse-step                       in 403 422 422 422 403 403 422 403 403 403 403 422
GET   supervision:tools                           in 403 200 200 200 403 403 200 403 403 403 403
GET   supervision:tool-list                       in 403 403 200 200 403 403 200 403 403 403 403
GET   supervision:outlines                        in 403 403 200 200 403 403 200 403 403 403 403
GET   supervision:outline                         in 403 403 200 200 403 403 403 403 403 403 403
POST  supervision:outline                         in 403 403 422 422 403 403 403 403 403 403 403
GET   supervision:talk-coverage                   in 403 403 200 200 403 403 200 403 403 403 403
GET   supervision:tool-new                        in 403 403 200 403 403 403 403 403 403 403 403
POST  supervision:tool-new                        in 403 403 422 403 403 403 403 403 403 403 403
GET   supervision:tool                            in 403 403 200 200 403 403 200 403 403 403 403
GET   supervision:tool-step                      405 405 405 405 405 405 405 405 405 405 405 405
POST  supervision:tool-step                       in 403 403 422 422 403 403 422 403 403 403 403
GET   supervision:document                        in 403 403 200 403 403 403 403 403 403 403 403
POST  supervision:document                        in 403 403 422 403 403 403 403 403 403 403 403
GET   supervision:issue-settle                   405 405 405 405 405 405 405 405 405 405 405 405
POST  supervision:issue-settle                    in 403 403 422 422 403 403 403 403 403 403 403
GET   tolerance:case-list                         in 403 200 200 200 200 403 200 403 403 403 403
GET   tolerance:case-figures                      in 403 200 200 200 200 403 200 403 403 403 403
GET   tolerance:sheltered                         in 403 200 200 200 200 403 200 403 403 403 403
GET   tolerance:case-new                          in 403 403 200 403 200 403 403 403 403 403 403
POST  tolerance:case-new                          in 403 403 422 403 422 403 403 403 403 403 403
GET   tolerance:case                              in 403 200 200 200 200 403 200 403 403 403 403
GET   tolerance:case#neighbour                    in 403 200 200 200 404 403 200 403 403 403 403
GET   tolerance:case-edit                         in 403 403 200 403 200 403 403 403 403 403 403
POST  tolerance:case-edit                         in 403 403 422 403 422 403 403 403 403 403 403
GET   tolerance:case-step                        405 405 405 405 405 405 405 405 405 405 405 405
POST  tolerance:case-step                         in 403 422 422 422 422 403 422 403 403 403 403
GET   tolerance:case-paper                        in 403 403 302 403 403 403 403 403 403 403 403
GET   tolerance:filing-list                       in 403 200 200 200 200 403 200 403 403 403 403
GET   tolerance:filing-new                        in 403 403 200 403 200 403 403 403 403 403 403
POST  tolerance:filing-new                        in 403 403 422 403 422 403 403 403 403 403 403
GET   tolerance:filing                            in 403 200 200 200 200 403 200 403 403 403 403
GET   tolerance:filing-edit                       in 403 403 200 403 200 403 403 403 403 403 403
POST  tolerance:filing-edit                       in 403 403 422 403 422 403 403 403 403 403 403
GET   tolerance:filing-step                      405 405 405 405 405 405 405 405 405 405 405 405
POST  tolerance:filing-step                       in 403 422 422 422 422 403 422 403 403 403 403
GET   clearances:board                            in 403 200 200 200 403 403 200 403 403 403 403
GET   clearances:list                             in 403 200 200 200 403 403 200 403 403 403 403
GET   clearances:case                             in 403 200 200 200 403 403 200 403 403 403 403
GET   clearances:new                              in 403 403 200 403 403 403 403 403 403 403 403
POST  clearances:new                              in 403 403 422 403 403 403 403 403 403 403 403
GET   clearances:hold-new                         in 403 403 200 403 403 403 403 403 403 403 403
GET   clearances:hold                             in 403 200 200 200 403 403 200 403 403 403 403
POST  clearances:hold                             in 403 403 422 403 403 403 403 403 403 403 403
POST  clearances:hold-new                         in 403 403 422 403 403 403 403 403 403 403 403
GET   clearances:apply                            in 403 403 403 403 200 403 403 403 403 403 403
POST  clearances:apply                            in 403 403 403 403 422 403 403 403 403 403 403
GET   clearances:applications                     in 403 403 403 403 200 403 403 403 403 403 403
GET   clearances:case-step                       405 405 405 405 405 405 405 405 405 405 405 405
POST  clearances:case-step                        in 403 422 422 422 403 403 422 403 403 403 403
GET   clearances:announce                        405 405 405 405 405 405 405 405 405 405 405 405
POST  clearances:announce                         in 403 422 422 422 403 403 422 403 403 403 403
GET   clearances:certificate                     405 405 405 405 405 405 405 405 405 405 405 405
POST  clearances:certificate                      in 403 422 422 422 403 403 422 403 403 403 403
GET   clearances:paper                            in 403 403 302 403 403 403 403 403 403 403 403
GET   clearances:accusations                      in 403 403 200 200 403 403 200 403 403 403 403
GET   clearances:accusation                       in 403 403 200 200 403 403 200 403 403 403 403
GET   clearances:accusation-new                   in 403 403 200 403 403 403 403 403 403 403 403
POST  clearances:accusation-new                   in 403 403 422 403 403 403 403 403 403 403 403
GET   clearances:accusation-step                 405 405 405 405 405 405 405 405 405 405 405 405
POST  clearances:accusation-step                  in 403 403 422 422 403 403 422 403 403 403 403
GET   complaints:list                             in 403 403 200 403 403 403 200 403 403 403 403 200
GET   complaints:new                              in 403 403 403 403 403 403 403 403 403 403 403 200
POST  complaints:new                              in 403 403 403 403 403 403 403 403 403 403 403 422
GET   complaints:case                             in 403 403 200 403 403 403 200 403 403 403 403 200
GET   complaints:case-step                       405 405 405 405 405 405 405 405 405 405 405 405 405
POST  complaints:case-step                        in 403 403 422 403 403 403 422 403 403 403 403 422
GET   complaints:assign                          405 405 405 405 405 405 405 405 405 405 405 405 405
POST  complaints:assign                           in 403 403 403 403 403 403 403 403 403 403 403 422
GET   complaints:identity-new                     in 403 403 403 403 403 403 403 403 403 403 403 200
POST  complaints:identity-new                     in 403 403 403 403 403 403 403 403 403 403 403 422
GET   complaints:ask                             405 405 405 405 405 405 405 405 405 405 405 405 405
POST  complaints:ask                              in 403 403 422 403 403 403 422 403 403 403 403 422
GET   complaints:requests                         in 403 403 200 403 403 403 200 403 403 403 403 200
GET   complaints:request                          in 403 403 200 403 403 403 200 403 403 403 403 200
GET   complaints:request-step                    405 405 405 405 405 405 405 405 405 405 405 405 405
POST  complaints:request-step                     in 403 403 422 403 403 403 422 403 403 403 403 422
GET   complaints:look                            405 405 405 405 405 405 405 405 405 405 405 405 405
POST  complaints:look                             in 403 403 302 403 403 403 302 403 403 403 403 200
GET   assessments:cycle-list                      in 200 200 200 200 200 200 200 403 403 403 403
GET   assessments:order                           in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:run-list                        in 200 200 200 200 200 200 200 403 403 403 403
GET   assessments:run                             in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:run#elsewhere                   in 404 404 404 404 404 200 200 403 403 403 403
GET   assessments:run#preview                     in 200 200 200 200 404 404 200 403 403 403 403
GET   assessments:run#opened                      in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:run-open                        in 405 405 405 405 405 405 405 405 405 405 405
POST  assessments:run-open                        in 302 403 403 403 403 404 403 403 403 403 403
GET   assessments:run-publish                     in 405 405 405 405 405 405 405 405 405 405 405
POST  assessments:run-publish                     in 302 403 403 403 403 404 403 403 403 403 403
GET   assessments:run-difference                  in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:cycle                           in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:cycle#elsewhere                 in 404 404 404 404 404 200 200 403 403 403 403
GET   assessments:calculate                       in 405 405 405 405 405 405 405 405 405 405 405
POST  assessments:calculate                       in 302 403 403 403 403 404 403 403 403 403 403
GET   assessments:cycle-reopen                    in 405 405 405 405 405 405 405 405 405 405 405
POST  assessments:cycle-reopen                    in 302 403 403 403 403 404 403 403 403 403 403
GET   assessments:bottom                          in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:unit                            in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:unit#neighbour                  in 200 200 200 200 404 404 200 403 403 403 403
GET   assessments:ranking                         in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:ranking-file                    in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:unit-file                       in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:unit-file#neighbour             in 200 200 200 200 404 404 200 403 403 403 403
GET   assessments:cycle-file                      in 200 403 403 403 403 404 403 403 403 403 403
GET   assessments:letters                         in 200 403 403 403 403 404 403 403 403 403 403
POST  assessments:letters                         in 422 403 403 403 403 404 403 403 403 403 403
GET   assessments:collection-list                  in 302 302 302 302 302 302 200 403 403 403 403
GET   assessments:collection-board                 in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:collection-open                  in 405 405 405 405 405 405 405 405 405 405 405
POST  assessments:collection-open                  in 422 403 403 403 403 404 403 403 403 403 403
GET   assessments:collection                       in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:collection-step                  in 405 405 405 405 405 405 405 405 405 405 405
POST  assessments:collection-step                  in 302 403 403 403 403 404 403 403 403 403 403
GET   assessments:collection-release               in 405 405 405 405 405 405 405 405 405 405 405
POST  assessments:collection-release               in 302 403 403 403 403 404 403 403 403 403 403
GET   assessments:collection-remind                in 405 405 405 405 405 405 405 405 405 405 405
POST  assessments:collection-remind                in 302 403 403 403 403 404 403 403 403 403 403
GET   assessments:collection-figures               in 200 200 200 200 200 404 200 403 403 403 403
POST  assessments:collection-figures               in 422 403 403 403 422 404 403 403 403 403 403
GET   assessments:collection-figure                in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:collection-remark                in 405 405 405 405 405 405 405 405 405 405 405
POST  assessments:collection-remark                in 302 403 403 403 403 404 403 403 403 403 403
GET   assessments:item-list                        in 200 403 403 200 200 200 200 403 403 403 403
GET   assessments:item-create                      in 200 403 403 403 200 404 403 403 403 403 403
POST  assessments:item-create                      in 422 403 403 403 422 404 403 403 403 403 403
GET   assessments:item                             in 200 403 403 200 200 404 200 403 403 403 403
GET   assessments:item-step                        in 405 405 405 405 405 405 405 405 405 405 405
POST  assessments:item-step                        in 302 403 403 403 403 404 403 403 403 403 403
GET   assessments:unit#opened                     in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:unit#opened-neighbour           in 200 200 200 200 404 404 200 403 403 403 403
GET   assessments:appeal-new                      in 403 403 403 403 200 404 403 403 403 403 403
POST  assessments:appeal-new                      in 403 403 403 403 422 404 403 403 403 403 403
GET   assessments:appeal-list                     in 200 200 200 200 200 200 200 403 403 403 403
GET   assessments:appeal                          in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:appeal-step                     in 405 405 405 405 405 405 405 405 405 405 405
POST  assessments:appeal-step                     in 403 403 403 403 302 404 403 403 403 403 403
GET   assessments:publish-request                 in 200 200 200 200 403 404 200 403 403 403 403
GET   assessments:publish-request-step            in 405 405 405 405 405 405 405 405 405 405 405
POST  assessments:publish-request-step            in 422 403 403 302 403 404 403 403 403 403 403
GET   assessments:heat                            in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:distribution                    in 200 200 200 200 403 404 200 403 403 403 403
GET   assessments:unit-years                      in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:unit-years#neighbour            in 200 200 200 200 404 404 200 403 403 403 403
GET   assessments:unit-gaps                       in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:unit-gaps#neighbour             in 200 200 200 200 404 404 200 403 403 403 403
GET   assessments:overview-latest                 in 302 302 302 302 302 302 302 403 403 403 403
GET   assessments:overview                        in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:compare                         in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:scheme-list                     in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:scheme-file                     in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:scheme-file-of                  in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:scheme-add                      in 405 405 405 405 405 405 405 405 405 405 405
POST  assessments:scheme-add                      in 302 403 403 403 403 404 403 403 403 403 403
GET   assessments:scheme-copy                     in 200 403 403 403 403 404 403 403 403 403 403
POST  assessments:scheme-copy                     in 422 403 403 403 403 404 403 403 403 403 403
GET   assessments:scheme-issue                    in 200 403 403 403 403 404 403 403 403 403 403
POST  assessments:scheme-issue                    in 422 403 403 403 403 404 403 403 403 403 403
GET   assessments:scheme-difference               in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:scheme                          in 200 200 200 200 200 404 200 403 403 403 403
GET   assessments:scheme-edit                     in 302 403 403 403 403 404 403 403 403 403 403
POST  assessments:scheme-edit                     in 422 403 403 403 403 404 403 403 403 403 403
GET   assessments:scheme-amend                    in 302 403 403 403 403 404 403 403 403 403 403
POST  assessments:scheme-amend                    in 422 403 403 403 403 404 403 403 403 403 403
GET   assessments:scheme-example                  in 200 403 403 403 403 404 403 403 403 403 403
GET   assessments:scheme-trial                    in 200 403 403 403 403 404 403 403 403 403 403
GET   assessments:measure-list                    in 200 200 200 200 403 200 200 403 403 403 403
GET   assessments:measure                         in 200 200 200 200 403 404 200 403 403 403 403
GET   assessments:measure#elsewhere               in 404 404 404 404 403 200 200 403 403 403 403
GET   assessments:measure-step                    in 405 405 405 405 405 405 405 405 405 405 405
POST  assessments:measure-step                    in 403 403 302 403 403 404 403 403 403 403 403

GET   v1:schema                                  401 200 200 200 200 200 200 200 200 200 200 200
GET   v1:docs                                     in 200 200 200 200 200 200 200 200 200 200 200
GET   v1:unit-list                               401 200 200 200 200 200 200 200 403 403 403 403 200
GET   v1:unit                                    401 200 200 200 200 200 404 200 403 403 403 403 200
GET   v1:unit#elsewhere                          401 404 404 404 404 404 200 200 403 403 403 403 404
GET   v1:unit#neighbour                          401 200 200 200 200 404 404 200 403 403 403 403 200
GET   v1:post-list                               401 200 200 200 200 200 200 200 403 403 403 403 200
GET   v1:succession-list                          401 200 200 200 200 200 200 200 403 403 403 403 200
GET   v1:reorganisation-list                      401 200 200 200 200 200 200 200 403 403 403 403 200
GET   v1:official-list                           401 200 200 200 200 200 200 200 403 403 403 403
GET   v1:list-list                               401 200 200 200 200 200 200 200 403 403 403 403
GET   v1:list-people                             401 404 200 404 404 404 404 404 403 403 403 403
GET   v1:official                                401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:official-restrictions                   401 403 200 200 200 403 403 200 403 403 403 403
GET   v1:official#neighbour                      401 200 200 200 200 404 404 200 403 403 403 403
GET   v1:official-changes                        401 200 200 200 200 200 200 200 403 403 403 403
GET   v1:people-sheet                             401 403 400 400 400 403 403 403 403 403 403 403
GET   v1:person-form-file                         401 403 200 200 200 403 403 403 403 403 403 403
GET   v1:quota-list                               401 200 200 200 200 200 200 200 403 403 403 403 200
GET   v1:import-list                             401 200 200 200 403 403 200 200 403 403 403 403
GET   v1:import-columns                          401 200 200 200 403 403 200 200 403 403 403 403
GET   v1:import                                  401 200 404 404 403 403 404 200 403 403 403 403
GET   v1:cycle-list                              401 200 200 200 200 200 200 200 403 403 403 403
GET   v1:cycle                                   401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:cycle-refusals                          401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:cycle-reopen                            401 405 403 403 403 403 405 403 403 403 403 403
POST  v1:cycle-reopen                            401 200 403 403 403 403 404 403 403 403 403 403
GET   v1:scheme-list                             401 200 200 200 200 200 200 200 403 403 403 403
GET   v1:scheme                                  401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:cycle-issue-schemes                     401 200 403 403 403 403 404 403 403 403 403 403
POST  v1:cycle-issue-schemes                     401 400 403 403 403 403 404 403 403 403 403 403
GET   v1:cycle-copy-schemes                      401 405 403 403 403 403 405 403 403 403 403 403
POST  v1:cycle-copy-schemes                      401 400 403 403 403 403 404 403 403 403 403 403
GET   v1:scheme-draft                            401 405 403 403 403 403 405 403 403 403 403 403
POST  v1:scheme-draft                            401 400 403 403 403 403 404 403 403 403 403 403
GET   v1:scheme-amendments                       401 200 200 200 200 200 404 200 403 403 403 403
POST  v1:scheme-amendments                       401 400 403 403 403 403 404 403 403 403 403 403
GET   v1:scheme-trial                            401 200 403 403 403 403 404 403 403 403 403 403
GET   v1:indicator-list                          401 200 200 200 200 200 200 200 403 403 403 403
GET   v1:score-list                              401 200 200 200 200 200 200 200 403 403 403 403
GET   v1:score                                   401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:score#elsewhere                         401 404 404 404 404 404 200 200 403 403 403 403
PATCH v1:score                                   401 409 403 403 403 403 404 403 403 403 403 403
GET   v1:calculation-list                        401 200 200 200 200 200 200 200 403 403 403 403
POST  v1:calculation-list                        401 202 403 403 403 403 404 403 403 403 403 403
GET   v1:calculation                             401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:calculation-counties                    401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:run-list                                401 200 200 200 200 200 200 200 403 403 403 403
GET   v1:run                                     401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:run#preview                             401 200 200 200 200 404 404 200 403 403 403 403
GET   v1:run-publish                             401 405 403 403 403 403 405 403 403 403 403 403
POST  v1:run-publish                             401 201 403 403 403 403 404 403 403 403 403 403
GET   v1:run-difference                          401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:run-measures                            401 200 200 200 200 403 404 200 403 403 403 403
GET   v1:run-file                                401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:run-unit-file                           401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:run-unit-file#neighbour                 401 200 200 200 200 404 404 200 403 403 403 403
GET   v1:cycle-file                              401 200 403 403 403 403 404 403 403 403 403 403
GET   v1:run-units                               401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:run-unit                                401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:run-unit#neighbour                      401 200 200 200 200 404 404 200 403 403 403 403
GET   v1:run-unit-gaps                           401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:run-unit-gaps#neighbour                 401 200 200 200 200 404 404 200 403 403 403 403
GET   v1:run-unit-gaps#opened                    401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:run-distribution                        401 200 200 200 200 403 404 200 403 403 403 403
GET   v1:unit-years                              401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:unit-years#neighbour                    401 200 200 200 200 404 404 200 403 403 403 403
GET   v1:tolerance-case-list                     401 403 200 200 200 200 403 200 403 403 403 403
GET   v1:prior-filing-list                       401 403 200 200 200 200 403 200 403 403 403 403
GET   v1:effect-list                             401 403 200 200 200 200 403 200 403 403 403 403
GET   v1:clearance-list                          401 403 200 200 200 403 403 200 403 403 403 403
GET   v1:reuse-list                              401 403 200 200 200 403 403 200 403 403 403 403 200
GET   v1:revisit-list                            401 403 200 200 200 403 403 200 403 403 403 403
GET   v1:matter-report-list                       401 403 403 200 200 403 403 200 403 403 403 403
GET   v1:matter-check-list                        401 403 403 200 200 403 403 200 403 403 403 403
GET   v1:conflict-list                           401 403 200 200 200 403 403 200 403 403 403 403
GET   v1:period-list                             401 403 200 200 200 403 403 200 403 403 403 403
GET   v1:alert-list                              401 200 200 200 200 200 200 200 403 403 403 403 200
GET   v1:alert-claim                             401 405 405 405 405 405 405 405 403 403 403 403 405
POST  v1:alert-claim                             401 403 200 403 403 404 404 403 403 403 403 403 404
GET   v1:alert-release                           401 405 405 405 405 405 405 405 403 403 403 403 405
POST  v1:alert-release                           401 403 409 403 403 404 404 403 403 403 403 403 404
GET   v1:alert-snooze                            401 405 405 405 405 405 405 405 403 403 403 403 405
POST  v1:alert-snooze                            401 400 400 400 400 404 404 400 403 403 403 403 404
GET   v1:alert-close                             401 405 405 405 405 405 405 405 403 403 403 403 405
POST  v1:alert-close                             401 400 400 400 400 404 404 400 403 403 403 403 404
GET   v1:case-papers                             401 200 200 200 200 403 404 200 403 403 403 403
POST  v1:case-papers                             401 403 400 400 400 403 404 403 403 403 403 403
GET   v1:case-paper                              401 200 200 200 200 403 404 200 403 403 403 403
GET   v1:case-paper-withdraw                     401 405 405 405 405 403 405 405 403 403 403 403
POST  v1:case-paper-withdraw                     401 403 200 200 200 403 404 403 403 403 403 403
GET   v1:collection-list                          401 200 200 200 200 200 200 200 403 403 403 403
GET   v1:collection                               401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:collection-steps                         401 405 405 405 405 405 405 405 403 403 403 403
POST  v1:collection-steps                         401 200 403 403 403 403 404 403 403 403 403 403
GET   v1:collection-figures                       401 200 200 200 200 200 404 200 403 403 403 403
POST  v1:collection-figures                       401 400 403 403 403 409 404 403 403 403 403 403
GET   v1:item-list                                401 200 403 403 200 200 200 200 403 403 403 403
POST  v1:item-list                                401 201 403 403 403 201 404 403 403 403 403 403
GET   v1:item                                     401 200 403 403 200 200 404 200 403 403 403 403
GET   v1:item-steps                               401 405 403 403 405 405 405 405 403 403 403 403
POST  v1:item-steps                               401 200 403 403 403 403 404 403 403 403 403 403
GET   v1:run#opened                              401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:run-open                                401 405 403 403 403 403 405 403 403 403 403 403
POST  v1:run-open                                401 201 403 403 403 403 404 403 403 403 403 403
GET   v1:run-unit#opened                         401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:run-unit#opened-neighbour               401 200 200 200 200 404 404 200 403 403 403 403
GET   v1:opening-list                            401 200 200 200 200 200 200 200 403 403 403 403
GET   v1:cycle-appeals                           401 403 403 403 403 405 403 403 403 403 403 403
POST  v1:cycle-appeals                           401 403 403 403 403 201 403 403 403 403 403 403
GET   v1:appeal-list                             401 200 200 200 200 200 200 200 403 403 403 403
GET   v1:appeal                                  401 200 200 200 200 200 404 200 403 403 403 403
GET   v1:appeal-steps                            401 405 405 405 405 405 405 405 403 403 403 403
POST  v1:appeal-steps                            401 403 403 403 403 200 404 403 403 403 403 403
GET   v1:publish-request-list                    401 200 200 200 200 403 200 200 403 403 403 403
GET   v1:publish-request                         401 200 200 200 200 403 404 200 403 403 403 403
GET   v1:publish-request-steps                   401 405 405 405 405 403 405 405 403 403 403 403
POST  v1:publish-request-steps                   401 409 403 403 200 403 404 403 403 403 403 403
GET   v1:measure-list                            401 200 200 200 200 403 200 200 403 403 403 403
GET   v1:measure                                 401 200 200 200 200 403 404 200 403 403 403 403
GET   v1:measure#elsewhere                       401 404 404 404 404 403 200 200 403 403 403 403
GET   v1:measure-steps                           401 405 405 405 405 403 405 405 403 403 403 403
POST  v1:measure-steps                           401 403 403 200 403 403 404 403 403 403 403 403

GET   admin/login/                                in 403 403 403 403 403 403 403 403 403 403 403
GET   admin/logout/                              405 405 405 405 405 405 405 405 405 405 405 405
POST  admin/logout/                              307 307 307 307 307 307 307 307 307 307 307 307
GET   admin:index                                 in  in  in  in  in  in  in 200  in  in 200  in
GET   admin:login                                 in 403 403 403 403 403 403 403 403 403 403 403
POST  admin:login                                 in 403 403 403 403 403 403 403 403 403 403 403
POST  admin:logout                               307 307 307 307 307 307 307 307 307 307 307 307
GET   admin:logout                               405 405 405 405 405 405 405 405 405 405 405 405
GET   admin:password_change                       in  in  in  in  in  in  in 302  in  in 302  in
GET   admin:password_change_done                  in  in  in  in  in  in  in 200  in  in 200  in
GET   admin:autocomplete                          in  in  in  in  in  in  in 403  in  in 403  in
GET   admin:jsi18n                                in  in  in  in  in  in  in 200  in  in 200  in
GET   admin:view_on_site                          in  in  in  in  in  in  in 404  in  in 404  in
GET   admin:audit_export                          in  in  in  in  in  in  in 405  in  in 405  in
POST  admin:audit_export                          in  in  in  in  in  in  in 200  in  in 200  in
GET   admin:audit_tables                          in  in  in  in  in  in  in 200  in  in 200  in
GET   admin:audit_rows                            in  in  in  in  in  in  in 200  in  in 200  in
GET   admin:audit_row                             in  in  in  in  in  in  in 200  in  in 200  in
GET   admin:audit_entry_changelist                in  in  in  in  in  in  in 200  in  in 200  in
GET   admin:audit_entry_change                    in  in  in  in  in  in  in 200  in  in 200  in
GET   admin:audit_verify                          in  in  in  in  in  in  in 405  in  in 405  in
POST  admin:audit_verify                          in  in  in  in  in  in  in 302  in  in 302  in
GET   admin:audit_seal_changelist                 in  in  in  in  in  in  in 200  in  in 200  in
GET   admin:audit_seal_change                     in  in  in  in  in  in  in 200  in  in 200  in
GET   admin:regulations_*_changelist              in  in  in  in  in  in  in 200  in  in 403  in
GET   admin:regulations_*_change                  in  in  in  in  in  in  in 200  in  in 403  in
GET   admin:organizations_*_changelist            in  in  in  in  in  in  in 200  in  in 403  in
GET   admin:organizations_*_change                in  in  in  in  in  in  in 200  in  in 403  in
GET   admin:casework_*_changelist                 in  in  in  in  in  in  in 200  in  in 403  in
GET   admin:casework_*_change                     in  in  in  in  in  in  in 200  in  in 403  in
GET   admin:exchange_*_changelist                 in  in  in  in  in  in  in 200  in  in 403  in
GET   admin:exchange_*_change                     in  in  in  in  in  in  in 200  in  in 403  in
GET   admin:supervision_*_changelist              in  in  in  in  in  in  in 200  in  in 403  in
GET   admin:supervision_*_change                  in  in  in  in  in  in  in 200  in  in 403  in
GET   admin:officials_*_changelist                in  in  in  in  in  in  in 200  in  in 403  in
GET   admin:officials_*_change                    in  in  in  in  in  in  in 200  in  in 403  in
GET   admin:tolerance_*_changelist                in  in  in  in  in  in  in 200  in  in 403  in
GET   admin:tolerance_*_change                    in  in  in  in  in  in  in 200  in  in 403  in
GET   admin:assessments_*_changelist              in  in  in  in  in  in  in 200  in  in 403  in
GET   admin:assessments_*_change                  in  in  in  in  in  in  in 200  in  in 403  in
GET   admin:accounts_user_changelist              in  in  in  in  in  in  in 200  in  in 200  in
GET   admin:accounts_user_change                  in  in  in  in  in  in  in 200  in  in 200  in
GET   admin:accounts_rolegrant_changelist         in  in  in  in  in  in  in 200  in  in 200  in
GET   admin:accounts_rolegrant_change             in  in  in  in  in  in  in 200  in  in 200  in
GET   admin:accounts_apikey_changelist            in  in  in  in  in  in  in 200  in  in 200  in
GET   admin:accounts_apikey_change                in  in  in  in  in  in  in 200  in  in 200  in
GET   admin:app_list                              in  in  in  in  in  in  in 404  in  in 404  in
GET   admin/(?P<url>.*)$                          in  in  in  in  in  in  in 404  in  in 404  in
GET   admin/*/<path:object_id>/                   in  in  in  in  in  in  in 302  in  in 302  in
GET   admin:*_add                                 in  in  in  in  in  in  in 403  in  in 403  in
POST  admin:*_add                                 in  in  in  in  in  in  in 403  in  in 403  in
POST  admin:*_*_change                            in  in  in  in  in  in  in 403  in  in 403  in
GET   admin:*_delete                              in  in  in  in  in  in  in 403  in  in 403  in
POST  admin:*_delete                              in  in  in  in  in  in  in 403  in  in 403  in
GET   admin:*_history                             in  in  in  in  in  in  in 302  in  in 302  in
"""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    method: str
    key: str
    cells: dict[str, str]

    @property
    def name(self) -> str:
        """The address without its variant."""
        return self.key.partition("#")[0]

    def __str__(self):
        return f"{self.method} {self.key}"


def rows(table: str = TABLE) -> list[Row]:
    """The lines of a table. Raises ValueError for a line with a cell too many or too few."""
    found = []
    for line in table.splitlines():
        if not line or line.startswith("#"):
            continue
        method, key, *cells = line.split()
        if len(cells) == len(COLUMNS) - 1:
            cells.append(cells[-1])
        found.append(Row(method, key, dict(zip(COLUMNS, cells, strict=True))))
    return found


def rows_of(address, method: str, table) -> list[Row]:
    """The lines about an address: those that name it, else the line whose pattern it fits."""
    named = [row for row in table if row.method == method and row.name == address.key]
    return named or [
        row for row in table if row.method == method and "*" in row.key and fnmatch.fnmatchcase(address.key, row.key)
    ]


def missing(found, table) -> list[str]:
    """Addresses, with the method, that have no line."""
    return [
        f"{method} {address.key} ({address.route})"
        for address in found
        for method in ("GET", *sorted(address.takes()))
        if not rows_of(address, method, table)
    ]


def stale(found, table) -> list[str]:
    """Lines about addresses that do not exist any more, and lines that say 405 without saying what is taken instead."""
    used = {
        id(row)
        for address in found
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
        for row in rows_of(address, method, table)
    }
    writes = {row.name for row in table if row.method != "GET"}
    gone = [str(row) for row in table if id(row) not in used]
    return gone + [str(row) for row in table if "405" in row.cells.values() and row.name not in writes]
