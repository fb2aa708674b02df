// Calls the service at the URL that is given, by types that openapi-typescript made.
import createClient from "openapi-fetch";
import type { paths } from "./schema.d.ts";

declare const process: { argv: string[] };

const baseUrl = process.argv[2];
const client = createClient<paths>({ baseUrl, headers: { Authorization: "Bearer administrator" } });

function expect(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`expected ${what}`);
}

const body = { displayName: "Northwind", tenantId: "d96b2e41-05fa-4738-bc1d-8e7f3a60c25b", status: "active" as const };
const created = await client.POST("/customers", { body });
const id = created.data?.id;
expect(created.response.status === 201 && typeof id === "string", "a new customer");

const path = { "customer-id": id };
const read = await client.GET("/customers/{customer-id}", { params: { path } });
expect(read.data?.displayName === body.displayName, "the customer to have its name");

const list = await client.GET("/customers");
expect(list.data?.value?.some((customer) => customer.id === id) === true, "the list to hold the customer");

const deleted = await client.DELETE("/customers/{customer-id}", { params: { path } });
expect(deleted.response.status === 204, "the customer to be deleted");

const gone = await client.GET("/customers/{customer-id}", { params: { path } });
expect(gone.response.status === 404 && gone.error?.error.code !== undefined, "an error that names its code");

const stranger = await createClient<paths>({ baseUrl }).GET("/customers");
expect(stranger.response.status === 401, "a stranger to be refused");
