package dev.belfry.alerts;

import dev.belfry.accounts.User;
import dev.belfry.alerts.Recipient.Email;
import dev.belfry.alerts.Recipient.PersonaOf;
import dev.belfry.alerts.Recipient.SavedList;
import dev.belfry.alerts.Recipient.UserOf;

/** What a recipient is called. */
final class RecipientLabel {

	private RecipientLabel() {
	}

	static String of(Recipient recipient, Directory directory) {
		if (recipient instanceof Email email) {
			return email.address();
		}
		if (recipient instanceof PersonaOf persona) {
			return persona.persona().label();
		}
		if (recipient instanceof UserOf one) {
			User user = directory.users().get(one.userId());
			return (user != null) ? user.name() : "A user who is no longer there";
		}
		if (recipient instanceof SavedList saved) {
			RecipientList list = directory.lists().get(saved.listId());
			return (list != null) ? list.name() : "A list that is no longer there";
		}
		return "Default e-mail";
	}

}
