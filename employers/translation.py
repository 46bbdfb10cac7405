"""What officials write in three languages, and the track of its changes."""

import pghistory
from modeltranslation.translator import TranslationOptions, register

from employers.guidance.models import GuidanceTopic


@register(GuidanceTopic)
class GuidanceTopicTranslation(TranslationOptions):
    fields = ("title", "summary", "body")
    required_languages = ("fi", "sv", "en")


# After the translations are registered, never on the model: a tracker made earlier leaves the language columns out.
pghistory.track()(GuidanceTopic)
