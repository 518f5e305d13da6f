package dev.belfry.jobs;

import java.util.List;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;
import dev.belfry.log.Cursors;
import dev.belfry.platform.Together;

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
	public List<JobNotificationView> of(Reader reader, List<JobNotification> entries) {
		Together<JobNotification> together = new Together<>(entries);
		return entries.stream().map((entry) -> new JobNotificationView(entry, reader, together, this)).toList();
	}

	List<IntegrationView> integrations(Reader reader, List<Integration> integrations) {
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
