/**
 * Lines that stand where a date stands and are none that can be kept: "Early 2019", "3–4 May 2019", "May ’19",
 * "Undated". They begin a letter as a date does, so that its words do not run into the letter before.
 */
import { fold } from "../foundation/fold.ts";
import { digits, months, weekdays } from "./listing-date.ts";
import { continues, endsSentence } from "./listing-words.ts";

/** What stands beside a month or a year: seasons, parts of the year, what joins two dates, what became of it. */
const beside = new Set(
  (
    "spring summer autumn fall winter printemps ete automne hiver primavera verano otono invierno " +
    "fruhling fruhjahr sommer herbst الربيع الصيف الخريف الشتاء ربيع صيف خريف شتاء " +
    "early mid middle late beginning start end first second third fourth half quarter quarters trimester semester " +
    "debut fin mi milieu premier premiere deuxieme troisieme quatrieme trimestre semestre " +
    "principios comienzos mediados finales primer primero primera segundo segunda tercer tercero cuarto " +
    "anfang mitte ende أوائل منتصف أواخر مطلع بداية نهاية نحو حوالي " +
    "c ca circa about around approx approximately before after since until from between vers environ avant apres " +
    "depuis hacia antes despues desde hasta um vor nach seit قبل بعد منذ حتى بين " +
    "and or to through et ou au a y o e al bis und oder و أو إلى " +
    "the of on in de del d du des le la les l el los der im en في من " +
    "date dated updated update revised published posted written mis jour maj publie date actualise actualizado " +
    "actualizada publicado publicada fecha aktualisiert تاريخ نشر تحديث محدث"
  )
    .split(" ")
    .map(fold),
);
const part = /^(?:[qths]?[1-4]|[1-4](?:st|nd|rd|th|er|e|o|a)?[qth]?)$/u;
const ordinal = /^\d{1,2}(?:st|nd|rd|th|er|e|o|a|º|ª)?$/u;
const year = /^(?:1[5-9]|20)\d\d$/u;
const shortYear = /^'\d\d$/u;

const undated = new Set(
  (
    "undated,no date,without date,without a date,date unknown,unknown date,nd,sans date,sd,non date,non datee," +
    "date inconnue,sin fecha,sf,fecha desconocida,ohne datum,undatiert,senza data,sem data,zonder datum," +
    "بدون تاريخ,بلا تاريخ,دون تاريخ,غير مؤرخ,غير مؤرخة"
  )
    .split(",")
    .map(fold),
);

/** A line of more characters is no line of a date. */
const longest = 40;

/** Whether a line says when, in words that dates are made of, and names no one day, month or year. */
export function isVagueDate(text: string): boolean {
  if (text.length > longest) return false;
  const line = fold(text).replace(/[٠-٩۰-۹]/gu, (digit) => digits[digit]!);
  if (undated.has(line.replace(/[./]/gu, "").replace(/^[([]|[\])]$/gu, ""))) return true;
  const words = line.split(/[\s,،;:/()[\].?–—~-]+|(?<=\p{L})'/u).filter((word) => word !== "");
  const isMonth = (word: string) => months.has(word) || weekdays.has(word);
  const known = (word: string) =>
    isMonth(word) || [part, ordinal, year, shortYear].some((form) => form.test(word)) || beside.has(word);
  const named = words.some((word) => year.test(word) || shortYear.test(word));
  return words.every(known) && (named || (words.some(isMonth) && words.some((word) => /^\d/u.test(word))));
}

/** A year as it stands within a line. */
const holdsYear = /(?<![\p{L}\p{N}])(?:(?:1[5-9]|20)\d\d|['’]\d\d)(?![\p{L}\p{N}])/u;

/** Whether a line may be a date in words that are not known: short, with a year, and no sentence. */
export function mayBeDate(text: string): boolean {
  return text.length <= longest && holdsYear.test(text) && !endsSentence(text) && !continues(text);
}

/** Whether a line holds a year. */
export function namesYear(text: string): boolean {
  return holdsYear.test(text);
}
