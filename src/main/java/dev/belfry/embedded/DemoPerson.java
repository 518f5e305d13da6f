package dev.belfry.embedded;

import java.util.Locale;
import java.util.stream.Stream;

/** The people of the demo: an owner and a member in each account. */
enum DemoPerson {

	ADA("Ada Marlow", DemoAccount.NORTHWIND, DemoRole.OWNER),

	BEN("Ben Okafor", DemoAccount.NORTHWIND, DemoRole.MEMBER),

	MIA("Mia Lindqvist", DemoAccount.HARBOR, DemoRole.OWNER),

	TOMAS("Tomás Rivera", DemoAccount.HARBOR, DemoRole.MEMBER);

	private final String fullName;

	private final DemoAccount account;

	private final DemoRole role;

	DemoPerson(String fullName, DemoAccount account, DemoRole role) {
		this.fullName = fullName;
		this.account = account;
		this.role = role;
	}

	static DemoPerson of(DemoAccount account, DemoRole role) {
		return Stream.of(values())
			.filter((person) -> person.account == account && person.role == role)
			.findFirst()
			.orElseThrow();
	}

	String fullName() {
		return this.fullName;
	}

	DemoAccount account() {
		return this.account;
	}

	DemoRole role() {
		return this.role;
	}

	String email() {
		return externalId() + "@" + this.account.externalId() + ".example";
	}

	String externalId() {
		return name().toLowerCase(Locale.ROOT);
	}

}
