/** Steps that several journeys begin with. */

/** Through the demo's bot to the queue. */
export async function asksForAnAdvisor(visitor, name = "Omar Haddad", email = "omar@example.org") {
  const french = visitor.lang === "fr";
  await visitor.opens();
  await visitor.chooses(french ? "Parler à un conseiller" : "Talk to an advisor");
  await visitor.sees(french ? "Comment vous appelez-vous" : "What is your name?");
  await visitor.says(name);
  await visitor.sees(french ? "À quelle adresse" : "At which e-mail address");
  await visitor.says(email);
  await visitor.sees(french ? "je préviens l'atelier" : "I am letting the workshop know");
}

/** A visitor and the agent who took their conversation. */
export async function inConversation(desk, { agent = "Camille", name = "Omar Haddad", ...options } = {}) {
  const who = await desk.agent(agent);
  const visitor = await desk.visitor(options);
  await asksForAnAdvisor(visitor, name);
  await who.takes(name);
  await visitor.page
    .getByText(/You are now with|Vous êtes maintenant avec/)
    .first()
    .waitFor();
  return { agent: who, visitor };
}

/** The admin at the demo's catalog, and what they do there. */
export async function catalogPage(desk, options = {}) {
  const admin = await desk.agent("admin", options);
  const { page } = admin;
  await page.goto(`${desk.console}/settings/sites/${desk.said.site.id}/catalog`);
  await page.getByText(/(products|produits) · (since|depuis)/).waitFor();
  return {
    page,
    drops: (files) => page.locator("input[type=file]").setInputFiles(files),
    says: (text) => page.getByRole("main").getByText(text).first().waitFor(),
    state: (words) => page.getByRole("status").filter({ hasText: words }).waitFor(),
    button: (name) => page.getByRole("button", { name, exact: true }),
  };
}
