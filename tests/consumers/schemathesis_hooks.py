"""What the generated document does not say of the generated server, but pages and OData do."""

import re

import schemathesis
from hypothesis import strategies

# A time of day without a zone. JSON Schema has no name for it.
schemathesis.openapi.format("partial-time", strategies.times().map(lambda time: time.isoformat()))

# The names of the properties of all types.
declared = set()


@schemathesis.hook
def before_load_schema(context, raw_schema):
    schemas = raw_schema["components"]["schemas"]
    name_types(schemas)
    link_created_items(raw_schema["paths"])
    leave_out(raw_schema["paths"], {"$filter", "$orderby"})
    for schema in schemas.values():
        for part in [schema, *schema.get("allOf", [])]:
            declared.update(part.get("properties", {}))


@schemathesis.hook
def map_body(context, body):
    """A server refuses properties that no page declares. OpenAPI 3.0 can say so only of types that
    are not derived from others, so the document leaves them open.
    """
    if isinstance(body, list):
        return [map_body(context, item) for item in body]
    if isinstance(body, dict):
        kept = {name: value for name, value in body.items() if name in declared or "@" in name}
        return {name: map_body(context, value) for name, value in kept.items()}
    return body


# Query options of OData have a grammar, which the schema of a string cannot say.
NAMES = re.compile(r"\w+(,\w+)*", re.ASCII)
GRAMMARS = {
    "$select": NAMES,
    "$expand": NAMES,
    "$top": re.compile(r"[^-].*"),
    "$skip": re.compile(r"[^-].*"),
}


@schemathesis.hook
def map_query(context, query):
    """Leaves the options out that no service of OData takes."""
    if not isinstance(query, dict):
        return query
    fits = lambda name, value: name not in GRAMMARS or GRAMMARS[name].fullmatch(str(value))
    return {name: value for name, value in query.items() if fits(name, value)}


def link_created_items(paths):
    """The identifier in the answer to `POST /items` is the parameter of `/items/{item-id}`."""
    for path, item in paths.items():
        collection, _, parameter = path.rpartition("/")
        created = paths.get(collection, {}).get("post", {}).get("responses", {}).get("201")
        if created and parameter.startswith("{"):
            created["links"] = {
                operation["operationId"]: {
                    "operationId": operation["operationId"],
                    "parameters": {parameter.strip("{}"): "$response.body#/id"},
                }
                for operation in item.values()
            }


def leave_out(paths, options):
    """The example service neither filters nor orders, and says so with 400."""
    for item in paths.values():
        for operation in item.values():
            if isinstance(operation, dict) and "parameters" in operation:
                operation["parameters"] = [one for one in operation["parameters"] if one.get("name") not in options]


def name_types(schemas):
    """`@odata.type` is the name of the type, or of one derived from it. A schema could say so only
    if it repeated those that it is derived from.
    """
    derived = {name: {name} for name in schemas}
    for name in schemas:
        for base in ancestry(schemas, name):
            derived[base].add(name)
    for name, schema in schemas.items():
        body_of = schema.get("x-ms-docs-body-of")
        types = [schemas[each].get("x-ms-docs-type") for each in sorted(derived[name])]
        types = [body_of] if body_of else types
        if all(types):
            names = [mark + type_name for type_name in types for mark in ("#", "")]
            own = schema["allOf"][-1] if "allOf" in schema else schema
            own.setdefault("properties", {})["@odata.type"] = {"type": "string", "enum": names}


def ancestry(schemas, name):
    """The schemas that one is derived from."""
    for part in schemas[name].get("allOf", []):
        base = part.get("$ref", "").rpartition("/")[2]
        if base:
            yield base
            yield from ancestry(schemas, base)
