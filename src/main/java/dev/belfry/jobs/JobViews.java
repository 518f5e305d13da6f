package dev.belfry.jobs;

import java.util.List;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;
import dev.belfry.log.Cursors;

/** Shows entries of the log as the schema has them. */
@Component
public class JobViews {

	private final JobHistory history;

	private final Integrations integrations;

	private final Ids ids;

	private final Cursors cursors;

	JobViews(JobHistory history, Integrations integrations, Ids ids, Cursors cursors) {
		this.history = history;
		this.integrations = integrations;
		this.ids = ids;
		this.cursors = cursors;
	}

	/** Entries that were read together; what belongs to them is read together too. */
	public List<JobNotificationView> of(Reader reader, List<JobNotification> entries) {
		LoadedTogether together = new LoadedTogether(reader, entries, this);
		return entries.stream().map((entry) -> new JobNotificationView(entry, together)).toList();
	}

	List<IntegrationView> integrations(Reader reader, List<Integration> integrations) {
		RecentTogether together = new RecentTogether(reader, integrations, this);
		return integrations.stream().map((integration) -> new IntegrationView(integration, together)).toList();
	}

	OriginView origin(Origin origin) {
		return new OriginView(origin, this.ids.encode(Ids.Kind.ORIGIN, origin.accountId(), origin.originId()));
	}

	JobHistory history() {
		return this.history;
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
