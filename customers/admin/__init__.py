"""The officials' side of customers, one module a stage. Django finds admins by importing this package."""

from customers.admin import application as application
from customers.admin import contacts as contacts
from customers.admin import segments as segments
