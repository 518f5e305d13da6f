package dev.belfry.embedded.demo;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** In whose name a token of the demo speaks, and what it may do. */
public enum DemoRole {

	OWNER("notifications:read notifications:write settings:read settings:write alerts:read alerts:write"
			+ " deliveries:read deliveries:write keys:write"),
	MEMBER("notifications:read notifications:write settings:read alerts:read deliveries:read"),
	PLATFORM("events:write accounts:write");

	private final String scope;

	DemoRole(String scope) {
		this.scope = scope;
	}

	public static Optional<DemoRole> of(String name) {
		return Stream.of(values()).filter((role) -> role.externalName().equals(name)).findFirst();
	}

	String externalName() {
		return name().toLowerCase(Locale.ROOT);
	}

	public String scope() {
		return this.scope;
	}

}
