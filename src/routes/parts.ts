/** What paths are made of: parameters in links, and as the router reads them. */
export const segment = encodeURIComponent;

export const uuid = "{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}}";
export const id = `:id${uuid}`;
export const signature = `:signature${uuid}`;
export const token = ":token{[A-Za-z0-9_-]{43}}";
