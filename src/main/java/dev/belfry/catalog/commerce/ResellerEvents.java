package dev.belfry.catalog.commerce;

import java.util.List;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventType;

import static dev.belfry.catalog.types.EventField.of;
import static dev.belfry.catalog.types.EventField.text;
import static dev.belfry.catalog.types.EventFieldType.BOOLEAN;
import static dev.belfry.catalog.types.EventFieldType.DATE_TIME;

/** What resellers do. */
final class ResellerEvents {

	private static final List<EventField> RESELLER = List.of(
			text("reseller.name", "Reseller", "Who signed up.").needed(),
			text("reseller.company", "Company", "The business that will buy."),
			text("reseller.email", "Reseller's e-mail", "The reseller's e-mail address.").needed(),
			text("reseller.phone", "Phone", "How to call the reseller."),
			text("reseller.website", "Website", "The reseller's website."),
			text("reseller.country", "Country", "An ISO 3166 code of two letters, for example `US`."),
			text("reseller.group", "Group", "The price group that was asked for."),
			of(BOOLEAN, "reseller.needsApproval", "Needs approval", "Whether somebody has to approve the reseller."),
			of(DATE_TIME, "reseller.signedUpAt", "Signed up at", "When that was."));

	static final EventType SIGNED_UP = EventType.published("RESELLER_SIGNED_UP", "Reseller Signed Up",
			"A business wants to buy from the account.", RESELLER, List.of(People.OWNER, People.RESELLER),
			"""
					{ "reseller": { "name": "Sam Ortiz", "company": "Greenhouse Trading", "email": "sam.ortiz@greenhouse.example",
					    "phone": "+1 512 555 0147", "website": "https://greenhouse.example", "country": "US", "group": "Wholesale",
					    "needsApproval": true, "signedUpAt": "2026-03-01T18:22:05Z" } }""");

	private ResellerEvents() {
	}

}
