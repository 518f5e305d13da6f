package dev.belfry.jobs.views;

import dev.belfry.graphql.relay.Together;
import dev.belfry.ids.Ids;
import dev.belfry.jobs.integrations.Integration;
import dev.belfry.jobs.integrations.Origin;
import dev.belfry.jobs.marks.LogReader;

/** An integration as the schema shows it. */
public record IntegrationView(Integration integration, LogReader reader, Together<Integration> together,
		JobViews views) {

	public String id() {
		return this.views.ids().encode(Ids.Kind.INTEGRATION, this.reader.account(), this.integration.integrationId());
	}

	public String externalId() {
		return this.integration.externalId();
	}

	public String name() {
		return this.integration.name();
	}

	public Origin origin() {
		return this.integration.origin();
	}

}
