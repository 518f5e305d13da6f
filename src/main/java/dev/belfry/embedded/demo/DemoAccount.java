package dev.belfry.embedded.demo;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The two companies of the demo. */
public enum DemoAccount {

	NORTHWIND("Northwind Outfitters"), HARBOR("Harbor Supply Co.");

	private final String title;

	DemoAccount(String title) {
		this.title = title;
	}

	public static Optional<DemoAccount> of(String externalId) {
		return Stream.of(values()).filter((account) -> account.externalId().equals(externalId)).findFirst();
	}

	public String externalId() {
		return name().toLowerCase(Locale.ROOT);
	}

	String title() {
		return this.title;
	}

}
