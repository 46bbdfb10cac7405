"""The bare ModelViewSet, as its documentation shows it."""

from rest_framework import routers, serializers, viewsets

from portal.sandbox.peer.models import PeerApplication


class PeerSerializer(serializers.ModelSerializer[PeerApplication]):
    class Meta:
        model = PeerApplication
        fields = "__all__"


class Peers(viewsets.ModelViewSet[PeerApplication]):
    queryset = PeerApplication._default_manager.all()
    serializer_class = PeerSerializer


router = routers.SimpleRouter()
router.register("peers", Peers)
urlpatterns = router.urls
