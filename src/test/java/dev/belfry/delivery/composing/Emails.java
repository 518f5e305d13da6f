package dev.belfry.delivery.composing;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.composing.MailContent.Fact;
import dev.belfry.delivery.composing.MailContent.Table;

/** E-mails for tests. */
public final class Emails {

	static final MailSettings SETTINGS = new MailSettings(new MailSettings.Mail("Belfry <belfry@sender.example>"),
			URI.create("https://belfry.example/notifications/"));

	private Emails() {
	}

	public static Composer composer() {
		return new Composer(SETTINGS);
	}

	public static StoredEmail to(String address) {
		return of(address, content());
	}

	public static StoredEmail of(String address, MailContent content) {
		return of(address, content, "Northwind Outfitters", "Source Invoice Imported");
	}

	public static StoredEmail of(String address, MailContent content, String account, String topic) {
		return new StoredEmail("a1b2.17@belfry.example", Instant.parse("2026-11-05T09:03:07.120Z"), address, account,
				Topic.global("SOURCE_INVOICE_IMPORTED"), topic, content, "dG9rZW4");
	}

	public static MailContent content() {
		return new MailContent("Invoice 4711 of Alpine Supply was imported", "Invoice 4711 was imported",
				List.of("Alpine Supply has sent an invoice, and Belfry has read it."),
				List.of(new Fact("Invoice", "4711"), new Fact("Total", "1,204.50 USD")),
				List.of(new Table("Lines", List.of("SKU", "Ordered", "Price"),
						List.of(List.of("TENT-2", "12", "99.00 USD"), List.of("ROPE-50", "3", "5.50 USD")), 3)),
				List.of("Amounts are without tax."));
	}

}
