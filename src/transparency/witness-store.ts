/** The SQL of what the log remembers of its witnesses. */
import type { Queryable } from "../database/open.ts";
import type { WitnessMemory } from "./witnesses.ts";

/** The memory that witnesses.ts asks for, in the database. */
export function witnessMemory(db: Queryable): WitnessMemory {
  return {
    async read(name) {
      const row = await db
        .selectFrom("log_witness")
        .select("size")
        .where("name", "=", name)
        .executeTakeFirst();
      return row?.size;
    },
    async write(name, size) {
      await db
        .insertInto("log_witness")
        .values({ name, size })
        .onConflict((conflict) => conflict.column("name").doUpdateSet({ size }))
        .execute();
    },
  };
}
