// Everything works without this file.  It moves focus to an error summary, counts characters, opens the menu
// on a phone, shows a password on request, and ignores the second press of a button.
import {
  Button,
  CharacterCount,
  createAll,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  ServiceNavigation,
} from "./vendor/govuk-frontend-6.3.0.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(Button, { preventDoubleClick: true });
for (const component of [CharacterCount, ErrorSummary, NotificationBanner, PasswordInput, ServiceNavigation]) {
  createAll(component);
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
