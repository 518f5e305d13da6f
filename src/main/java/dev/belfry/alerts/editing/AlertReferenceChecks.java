package dev.belfry.alerts.editing;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.alerts.recipients.Recipient;
import dev.belfry.alerts.recipients.Recipient.SavedList;
import dev.belfry.alerts.recipients.Recipient.UserOf;
import dev.belfry.alerts.recipients.RecipientReader;
import dev.belfry.alerts.rules.Alert;
import dev.belfry.input.InputErrors;
import dev.belfry.input.NameKeys;
import dev.belfry.input.UserErrorCode;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** Holds what an alert is to be against what else the account has. */
@Component
public class AlertReferenceChecks {

	private static final Query<Known> KNOWN = Query
		.of("""
				select 'USER' as kind, u.user_id as number from user_address u where u.account_id = $1 and u.user_id = any ($2)
				union all
				select 'LIST', t.list_id from recipient_list t where t.account_id = $1 and t.list_id = any ($3)
				union all
				select 'NAME', a.alert_id from alert a where a.account_id = $1 and a.name_key = $4
				union all
				select 'INTEGRATION', i.integration_id from integration_origin i where i.account_id = $1 and i.integration_id = $5""",
				Known::of);

	private static final List<String> PARTS = List.of("name", "eventType", "enabled", "condition", "watch", "template",
			"recipients");

	static final String NAME_IS_TAKEN = "Another alert has this name.";

	private final AccountDatabase database;

	AlertReferenceChecks(AccountDatabase database) {
		this.database = database;
	}

	/**
	 * The alert that was read; empty if anything is wrong, which is then noted: what the
	 * input alone tells, and what it names that there is not.
	 * @param alertId the alert that it is about; null for a new one
	 */
	public Mono<Alert> check(AccountId account, @Nullable Long alertId, AlertReading reading) {
		List<Known> wanted = reading.newRecipients()
			.values()
			.stream()
			.map(AlertReferenceChecks::known)
			.distinct()
			.toList();
		return this.database
			.all(account, KNOWN, numbers(wanted, "USER"), numbers(wanted, "LIST"),
					Param.of((reading.name() != null) ? NameKeys.key(reading.name()) : null, String.class),
					Param.of((reading.watch() != null) ? reading.watch().integrationId() : null, Long.class))
			.collect(Collectors.toSet())
			.mapNotNull((known) -> check(alertId, reading, known));
	}

	/**
	 * The errors are sorted: as they are found, they would tell what belongs to another
	 * account from what there is not.
	 */
	private static @Nullable Alert check(@Nullable Long alertId, AlertReading reading, Set<Known> known) {
		InputErrors errors = reading.errors();
		reading.newRecipients().forEach((at, newRecipient) -> {
			if (!known.contains(known(newRecipient))) {
				at.add(UserErrorCode.NOT_FOUND,
						(newRecipient instanceof UserOf) ? RecipientReader.NO_USER : RecipientReader.NO_LIST);
			}
		});
		if (reading.watch() != null && !known.contains(new Known("INTEGRATION", reading.watch().integrationId()))) {
			OverdueWatchReader.addNoIntegration(errors.at("watch"));
		}
		known.stream()
			.filter((other) -> other.kind().equals("NAME") && !Long.valueOf(other.number()).equals(alertId))
			.forEach((other) -> errors.at("name").add(UserErrorCode.NOT_POSSIBLE, NAME_IS_TAKEN));
		errors.sort(PARTS);
		return errors.list().isEmpty() ? reading.alert() : null;
	}

	private static Known known(Recipient newRecipient) {
		return (newRecipient instanceof UserOf user) ? new Known("USER", user.userId())
				: new Known("LIST", ((SavedList) newRecipient).listId());
	}

	private static Object numbers(List<Known> wanted, String kind) {
		return Param.numbers(wanted.stream().filter((known) -> known.kind().equals(kind)).toList(), Known::number);
	}

	/** Something that there is. */
	private record Known(String kind, long number) {

		static Known of(Readable row) {
			return new Known(Rows.text(row, "kind"), Rows.number(row, "number"));
		}

	}

}
