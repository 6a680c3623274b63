/** Loads a URL for some seconds and prints the mean of requests per second. Arguments: URL, seconds. */
import autocannon from "autocannon";

const [url, seconds] = process.argv.slice(2);
const result = await autocannon({
  url: url!,
  connections: 32,
  duration: Number(seconds),
  headers: { "accept-encoding": "br", "accept-language": "en" },
});
if (result.errors > 0 || result.non2xx > 0)
  throw new Error(`${result.errors} errors, ${result.non2xx} not 2xx`);
console.log(JSON.stringify({ rate: result.requests.average }));
