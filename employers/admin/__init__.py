"""The officials' side, one module a stage. Django finds admins by importing this package, so it imports its modules."""

from employers.admin import applications as applications
from employers.admin import batches as batches
from employers.admin import files as files
from employers.admin import guidance as guidance
from employers.admin import law as law
from employers.admin import notifications as notifications
from employers.admin import organisations as organisations
from employers.admin import people as people
from employers.admin import records as records
from employers.admin import register as register
from employers.admin import register_orders as register_orders
from employers.admin import register_runs as register_runs
from employers.admin import site as site
from employers.admin import threads as threads
from employers.admin import webhooks as webhooks
