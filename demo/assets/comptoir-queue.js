/**
 * The first line of Comptoir's snippet, as a file: this store's content
 * security policy allows no script inside its pages. It keeps calls until the
 * widget is there, and does nothing if the widget never comes.
 */
window.Comptoir = window.Comptoir || function () {
  (window.Comptoir.q = window.Comptoir.q || []).push(arguments);
};
