/** What the columns of a list of signatories may mean, and what each most likely means by its heading. Pure. */
import { fold } from "../../foundation/fold.ts";

export const importFields = [
  "name",
  "first-name",
  "last-name",
  "kind",
  "organisation",
  "affiliation",
  "role",
  "website",
  "representative",
  "country",
  "email",
  "date",
  "show",
] as const;
export type ImportField = (typeof importFields)[number];

/** Whether a word names a field. */
export function isImportField(word: unknown): word is ImportField {
  return importFields.includes(word as ImportField);
}

/**
 * What forms call these things in English, French, Spanish and Arabic, folded. A heading that is one of the words is
 * that field; one that has a word in it (form questions are sentences) is it where no other column is. In the order in
 * which they are looked for: "organisation's name" is no person's.
 */
const words: Readonly<Record<ImportField, string>> = {
  email:
    "email|e-mail|mail|email address|e-mail address|adresse e-mail|adresse email|adresse electronique|courriel|correo|correo electronico|direccion de correo|البريد الالكتروني|بريد الكتروني|البريد|الايميل",
  "first-name": "first name|firstname|given name|forename|prenom|prenoms|nombre de pila|nombres|الاسم الاول",
  "last-name":
    "last name|lastname|surname|family name|nom de famille|apellido|apellidos|اسم العائله|اللقب|الكنيه",
  representative:
    "representative|signatory|contact person|on behalf of|signed by|representant|representante|personne de contact|persona de contacto|الممثل|ممثل المنظمه",
  website:
    "website|web site|web|url|homepage|site web|site internet|site|sitio web|pagina web|sitio|الموقع|الموقع الالكتروني",
  kind: "kind|type|signing as|signatory type|individual or organisation|individual or organization|genre|categorie|tipo|categoria|النوع|الصفه القانونيه",
  organisation:
    "organisation|organization|organisation name|organization name|name of organisation|name of organization|ngo|association|nom de l'organisation|organizacion|nombre de la organizacion|asociacion|ong|المنظمه|اسم المنظمه|الجمعيه|المؤسسه",
  affiliation:
    "affiliation|institution|university|employer|company|institute|etablissement|universite|employeur|entreprise|afiliacion|institucion|universidad|empresa|الانتماء|الجامعه|جهه العمل",
  role: "role|title|job title|position|function|profession|occupation|titre|fonction|poste|cargo|puesto|titulo|profesion|المنصب|الوظيفه|المهنه|الصفه",
  country: "country|country of residence|nation|pays|pays de residence|pais|الدوله|البلد|بلد",
  date: "date|timestamp|signed at|signed on|date signed|submitted|submitted at|submission date|time|created at|horodateur|horodatage|date de signature|fecha|marca temporal|fecha de firma|hora|التاريخ|تاريخ التوقيع|الطابع الزمني|طابع زمني",
  show: "show|public|publish|show my name|display name publicly|publish my name|visible|consent|afficher|publier|afficher mon nom|nom public|mostrar|publico|publicar|mostrar mi nombre|علني|نشر الاسم|اظهار الاسم",
  name: "name|full name|your name|signatory name|nom|nom complet|nom et prenom|votre nom|nombre|nombre completo|nombre y apellidos|su nombre|الاسم|الاسم الكامل|اسم",
};

/**
 * Guesses what each column means.
 * @returns for each heading a field, no field twice; undefined where nothing is likely
 */
export function guessColumns(headings: readonly string[]): (ImportField | undefined)[] {
  const found: (ImportField | undefined)[] = headings.map(() => undefined);
  const folded = headings.map((heading) =>
    fold(heading)
      .replace(/[\s_:*?.]+/gu, " ")
      .trim(),
  );
  const takers = [
    (heading: string, word: string) => heading === word,
    (heading: string, word: string) => word.length > 3 && ` ${heading} `.includes(` ${word} `),
  ];
  for (const takes of takers) {
    for (const [field, names] of Object.entries(words) as [ImportField, string][]) {
      if (found.includes(field)) continue;
      const at = folded.findIndex(
        (heading, index) =>
          found[index] === undefined && names.split("|").some((word) => takes(heading, word)),
      );
      if (at >= 0) found[at] = field;
    }
  }
  // "Name" beside a first name is the last one: "Prénom, Nom".
  const name = found.indexOf("name");
  if (name >= 0 && found.includes("first-name") && !found.includes("last-name")) found[name] = "last-name";
  return found;
}
