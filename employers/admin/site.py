"""What the officials' side is called, and what of other packages it does not show."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AccessToken, Grant, IDToken, RefreshToken

admin.site.site_header = _("Employer portal: officials")
admin.site.site_title = _("Employer portal")
admin.site.enable_nav_sidebar = False  # the tables need the room
admin.site.index_title = _("Applications, employers, records")

for secret in (AccessToken, Grant, IDToken, RefreshToken):
    if admin.site.is_registered(secret):
        admin.site.unregister(secret)
