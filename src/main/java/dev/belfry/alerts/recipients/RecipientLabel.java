package dev.belfry.alerts.recipients;

import dev.belfry.alerts.recipients.Recipient.Email;
import dev.belfry.alerts.recipients.Recipient.PersonaOf;
import dev.belfry.alerts.recipients.Recipient.SavedList;
import dev.belfry.alerts.recipients.Recipient.UserOf;
import dev.belfry.viewer.User;

/** What a recipient is called. */
public final class RecipientLabel {

	private RecipientLabel() {
	}

	public static String of(Recipient recipient, Directory directory) {
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
