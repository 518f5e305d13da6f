package dev.belfry.jobs;

/** A source or channel as the schema shows it. */
public record OriginView(Origin origin, String id) {

	public String externalId() {
		return this.origin.externalId();
	}

	public OriginKind kind() {
		return this.origin.kind();
	}

	public String name() {
		return this.origin.name();
	}

}
