package dev.belfry.embedded.demo;

import java.util.Locale;
import java.util.stream.Stream;

/** The people of the demo: an owner and a member in each account. */
public enum DemoPerson {

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

	public static DemoPerson of(DemoAccount account, DemoRole role) {
		return Stream.of(values())
			.filter((person) -> person.account == account && person.role == role)
			.findFirst()
			.orElseThrow();
	}

	public String fullName() {
		return this.fullName;
	}

	public DemoAccount account() {
		return this.account;
	}

	public DemoRole role() {
		return this.role;
	}

	public String email() {
		return externalId() + "@" + this.account.externalId() + ".example";
	}

	public String externalId() {
		return name().toLowerCase(Locale.ROOT);
	}

}
