package dev.belfry.alerts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountDatabase;
import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Param;
import dev.belfry.accounts.Query;
import dev.belfry.accounts.Rows;
import dev.belfry.alerts.Recipient.SavedList;
import dev.belfry.alerts.Recipient.UserOf;
import dev.belfry.platform.UserError;
import dev.belfry.platform.UserErrorCode;
import reactor.core.publisher.Mono;

/** Holds what an alert is to be against what else the account has. */
@Component
class AlertSurroundings {

	private static final Query<Known> KNOWN = Query
		.of("""
				select 'USER' as kind, u.user_id as number from account_user u where u.account_id = $1 and u.user_id = any ($2)
				union all
				select 'LIST', t.list_id from recipient_list t where t.account_id = $1 and t.list_id = any ($3)
				union all
				select 'NAME', a.alert_id from alert a where a.account_id = $1 and a.name_key = $4
				union all
				select 'INTEGRATION', i.integration_id from integration i where i.account_id = $1 and i.integration_id = $5""",
				Known::of);

	private static final List<String> PARTS = List.of("name", "eventType", "enabled", "condition", "watch", "template",
			"recipients");

	/**
	 * Not as they were found, which would tell what belongs to another account from what
	 * there is not.
	 */
	private static final Comparator<UserError> AS_IN_THE_FORM = Comparator.comparingInt(AlertSurroundings::place);

	private final AccountDatabase database;

	AlertSurroundings(AccountDatabase database) {
		this.database = database;
	}

	/**
	 * All that is wrong: what the input alone tells, and what it names that there is not.
	 * @param alertId the alert that it is about; null for a new one
	 */
	Mono<List<UserError>> errors(AccountId account, @Nullable Long alertId, AlertReading reading) {
		List<Known> wanted = reading.newcomers().values().stream().map(AlertSurroundings::known).distinct().toList();
		return this.database
			.all(account, KNOWN, numbers(wanted, "USER"), numbers(wanted, "LIST"),
					Param.of((reading.name() != null) ? Names.key(reading.name()) : null, String.class),
					Param.of((reading.watch() != null) ? reading.watch().integrationId() : null, Long.class))
			.collect(Collectors.toSet())
			.map((known) -> errors(alertId, reading, known));
	}

	private static List<UserError> errors(@Nullable Long alertId, AlertReading reading, Set<Known> known) {
		List<UserError> errors = new ArrayList<>(reading.errors());
		reading.newcomers()
			.entrySet()
			.stream()
			.filter((newcomer) -> !known.contains(known(newcomer.getValue())))
			.map(AlertSurroundings::unknown)
			.forEach(errors::add);
		if (reading.watch() != null && !known.contains(new Known("INTEGRATION", reading.watch().integrationId()))) {
			errors.add(OverdueWatchReader.noIntegration());
		}
		known.stream()
			.filter((other) -> other.kind().equals("NAME") && !Long.valueOf(other.number()).equals(alertId))
			.forEach((other) -> errors.add(nameIsTaken()));
		errors.sort(AS_IN_THE_FORM);
		return List.copyOf(errors);
	}

	/** A part of the form; a recipient has its place in the list. */
	private static int place(UserError error) {
		List<String> path = (error.field() != null) ? error.field() : List.of();
		int part = path.isEmpty() ? -1 : PARTS.indexOf(path.get(0));
		return part * 1_000
				+ ((path.size() > 1 && path.get(1).matches("\\d{1,3}")) ? Integer.parseInt(path.get(1)) : 0);
	}

	static UserError nameIsTaken() {
		return UserError.at(UserErrorCode.NOT_POSSIBLE, "Another alert has this name.", "name");
	}

	private static UserError unknown(Map.Entry<List<String>, Recipient> newcomer) {
		return new UserError(UserErrorCode.NOT_FOUND,
				(newcomer.getValue() instanceof UserOf) ? RecipientReader.NO_USER : RecipientReader.NO_LIST,
				newcomer.getKey());
	}

	private static Known known(Recipient newcomer) {
		return (newcomer instanceof UserOf user) ? new Known("USER", user.userId())
				: new Known("LIST", ((SavedList) newcomer).listId());
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
