// Calls the service at the URL that is given, by the client that openapi-generator made.
import { Configuration, CustomerApi, ResponseError } from "./index";

declare const process: { argv: string[]; exit(status: number): never };

const basePath = process.argv[2];

function expect(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`expected ${what}`);
}

async function status(call: Promise<unknown>): Promise<number | undefined> {
  const error = await call.then(() => undefined, (error: unknown) => error);
  return error instanceof ResponseError ? error.response.status : undefined;
}

async function main(): Promise<void> {
  const api = new CustomerApi(new Configuration({ basePath, accessToken: "administrator" }));
  const customerCreate = { displayName: "Northwind", tenantId: "d96b2e41-05fa-4738-bc1d-8e7f3a60c25b" };
  const created = await api.createCustomer({ customerCreate });
  const customerId = created.id;
  expect(typeof customerId === "string", "a new customer");
  const read = await api.getCustomer({ customerId });
  expect(read.displayName === customerCreate.displayName, "the customer to have its name");
  const list = await api.listCustomers();
  expect(list.value?.some((customer) => customer.id === customerId) === true, "the list to hold the customer");
  await api.deleteCustomer({ customerId });
  expect((await status(api.getCustomer({ customerId }))) === 404, "the customer to be gone");
  const stranger = new CustomerApi(new Configuration({ basePath }));
  expect((await status(stranger.listCustomers())) === 401, "a stranger to be refused");
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
