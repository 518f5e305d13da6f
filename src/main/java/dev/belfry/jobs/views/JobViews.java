package dev.belfry.jobs.views;

import java.util.List;

import org.springframework.stereotype.Component;

import dev.belfry.graphql.relay.Cursors;
import dev.belfry.graphql.relay.Together;
import dev.belfry.ids.Ids;
import dev.belfry.jobs.integrations.Integration;
import dev.belfry.jobs.integrations.Integrations;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.marks.LogReader;
import dev.belfry.viewer.AccountId;

/** Shows entries of the log as the schema has them. */
@Component
public class JobViews {

	private final Integrations integrations;

	private final Ids ids;

	private final Cursors cursors;

	JobViews(Integrations integrations, Ids ids, Cursors cursors) {
		this.integrations = integrations;
		this.ids = ids;
		this.cursors = cursors;
	}

	/** Entries that were read together; what belongs to them is read together too. */
	public List<JobNotificationView> of(LogReader reader, List<JobNotification> entries) {
		Together<JobNotification> together = new Together<>(entries);
		return entries.stream().map((entry) -> new JobNotificationView(entry, reader, together, this)).toList();
	}

	List<IntegrationView> integrations(LogReader reader, List<Integration> integrations) {
		Together<Integration> together = new Together<>(integrations);
		return integrations.stream()
			.map((integration) -> new IntegrationView(integration, reader, together, this))
			.toList();
	}

	Integrations integrations() {
		return this.integrations;
	}

	Ids ids() {
		return this.ids;
	}

	String cursor(AccountId account, long position) {
		return this.cursors.encode(account, position);
	}

}
