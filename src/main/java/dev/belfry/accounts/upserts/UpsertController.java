package dev.belfry.accounts.upserts;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.directory.Accounts;
import dev.belfry.accounts.upserts.UpsertBatch.Result;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrors;
import dev.belfry.viewer.Account;
import dev.belfry.viewer.User;
import dev.belfry.viewer.UserRole;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/**
 * Upserts of accounts and users by the platform. It reads the coerced maps themselves,
 * which tell what is absent, and kept, from what is null.
 */
@Controller
class UpsertController {

	private final Upserts upserts;

	private final Accounts accounts;

	UpsertController(Upserts upserts, Accounts accounts) {
		this.upserts = upserts;
		this.accounts = accounts;
	}

	@MutationMapping
	Mono<Payload<Account>> upsertAccounts(DataFetchingEnvironment environment, @ContextValue Viewer viewer) {
		viewer.requirePlatform();
		Map<String, Object> input = Objects.requireNonNull(environment.getArgument("input"));
		UpsertBatch<AccountChange> batch = UpsertBatch.read(input, "accounts", UpsertController::account);
		return this.upserts.accounts(batch, text(input, "idempotencyKey")).as(Payload::of);
	}

	@MutationMapping
	Mono<Payload<User>> upsertUsers(DataFetchingEnvironment environment, @ContextValue Viewer viewer) {
		Map<String, Object> input = Objects.requireNonNull(environment.getArgument("input"));
		UpsertBatch<UserChange> batch = UpsertBatch.read(input, "users", UpsertController::user);
		return this.accounts.ofInput(viewer, text(input, "account"))
			.flatMap((account) -> this.upserts.users(account, batch, text(input, "idempotencyKey")))
			.as(Payload::of);
	}

	private static AccountChange account(Map<String, Object> input, UpsertChecks checks) {
		return new AccountChange(checks.externalId(required(input, "externalId")), checks.name(required(input, "name")),
				checks.timeZone(text(input, "timeZone")), checks.locale(text(input, "locale")),
				checks.retentionDays((Integer) input.get("retentionDays")),
				checks.dailyEmailCap((Integer) input.get("dailyEmailCap")), cleared(input,
						Map.of("timeZone", "time_zone", "locale", "locale", "dailyEmailCap", "daily_email_cap")));
	}

	private static UserChange user(Map<String, Object> input, UpsertChecks checks) {
		Object role = input.get("role");
		return new UserChange(checks.externalId(required(input, "externalId")), checks.name(required(input, "name")),
				(role != null) ? UserRole.valueOf(role.toString()) : null, checks.email(text(input, "email")),
				checks.timeZone(text(input, "timeZone")), checks.locale(text(input, "locale")),
				cleared(input, Map.of("email", "email", "timeZone", "time_zone", "locale", "locale")));
	}

	/**
	 * The columns of what was given as null, always in the same order.
	 * @param columns by the fields that null clears
	 */
	private static Set<String> cleared(Map<String, Object> input, Map<String, String> columns) {
		Set<String> cleared = new TreeSet<>();
		columns.forEach((field, column) -> {
			if (input.containsKey(field) && input.get(field) == null) {
				cleared.add(column);
			}
		});
		return cleared;
	}

	private static String required(Map<String, Object> input, String field) {
		return (String) Objects.requireNonNull(input.get(field));
	}

	private static @Nullable String text(Map<String, Object> input, String field) {
		return (String) input.get(field);
	}

	/** What became of the items, or why nothing was done. */
	record Payload<T>(List<Result<T>> results, List<UserError> userErrors) {

		static <T> Mono<Payload<T>> of(Mono<List<Result<T>>> results) {
			return UserErrors.answered(results.map((all) -> new Payload<>(all, List.of())),
					(errors) -> new Payload<>(List.of(), errors));
		}

	}

}
