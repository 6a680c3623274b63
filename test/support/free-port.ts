import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/**
 * A port for a server whose address must not change when it is started again. It lies below those that the system
 * hands out to whoever asks for any (ip_local_port_range, 32768 and up): nobody takes it while the server is down. And
 * above the last one that browsers and fetch refuse to open (10080).
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(11_000, 32_000);
    const probe = createServer().listen(port, "127.0.0.1");
    const taken = await once(probe, "listening").then(
      () => false,
      () => true,
    );
    if (taken) continue;
    probe.close();
    await once(probe, "close");
    return port;
  }
}
