package dev.belfry.jobs;

import dev.belfry.accounts.Ids;

/** An integration as the schema shows it. */
public record IntegrationView(Integration integration, RecentTogether together) {

	public String id() {
		return this.together.views()
			.ids()
			.encode(Ids.Kind.INTEGRATION, this.integration.origin().accountId(), this.integration.integrationId());
	}

	public String externalId() {
		return this.integration.externalId();
	}

	public String name() {
		return this.integration.name();
	}

	public OriginView origin() {
		return this.together.views().origin(this.integration.origin());
	}

}
