"""The officials' side, one module a stage. Django finds admins by importing this package, so it imports its modules."""

from employers.admin import guidance as guidance
