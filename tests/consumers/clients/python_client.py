"""Calls the service at a URL by the client that openapi-generator made: python_client.py FOLDER URL"""
import sys

sys.path.insert(0, sys.argv[1])
import openapi_client
from openapi_client.exceptions import ApiException


def api(token: str | None) -> openapi_client.CustomerApi:
    configuration = openapi_client.Configuration(host=sys.argv[2], access_token=token)
    return openapi_client.CustomerApi(openapi_client.ApiClient(configuration))


def status(call, *arguments) -> int | None:
    try:
        call(*arguments)
    except ApiException as error:
        return error.status
    return None


customers = api("administrator")
body = openapi_client.CustomerCreate(display_name="Northwind", tenant_id="d96b2e41-05fa-4738-bc1d-8e7f3a60c25b")
created = customers.create_customer(body)
assert created.id, created
assert customers.get_customer(created.id).display_name == "Northwind"
assert created.id in [customer.id for customer in customers.list_customers().value]
customers.delete_customer(created.id)
assert status(customers.get_customer, created.id) == 404
assert status(api(None).list_customers) == 401
