package dev.belfry.accounts;

import java.util.List;

import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.Batch.Result;
import dev.belfry.generated.types.AccountInput;
import dev.belfry.generated.types.UpsertAccountsInput;
import dev.belfry.generated.types.UpsertUsersInput;
import dev.belfry.generated.types.UserInput;
import dev.belfry.platform.UserError;
import dev.belfry.platform.UserErrors;
import reactor.core.publisher.Mono;

/** What the platform tells of its accounts and their users. */
@Controller
class UpsertController {

	private final Upserts upserts;

	private final Accounts accounts;

	UpsertController(Upserts upserts, Accounts accounts) {
		this.upserts = upserts;
		this.accounts = accounts;
	}

	@MutationMapping
	Mono<Payload<Account>> upsertAccounts(@Argument UpsertAccountsInput input, @ContextValue Viewer viewer) {
		viewer.requirePlatform();
		Batch<AccountChange> batch = Batch.of("accounts", input.getAccounts(), UpsertController::read);
		return this.upserts.accounts(batch, input.getIdempotencyKey()).as(Payload::of);
	}

	@MutationMapping
	Mono<Payload<User>> upsertUsers(@Argument UpsertUsersInput input, @ContextValue Viewer viewer) {
		Batch<UserChange> batch = Batch.of("users", input.getUsers(), UpsertController::read);
		return this.accounts.forIntake(viewer, input.getAccount())
			.flatMap((account) -> this.upserts.users(account, batch, input.getIdempotencyKey()))
			.as(Payload::of);
	}

	private static AccountChange read(AccountInput input, Checks checks) {
		return new AccountChange(checks.text(input.getExternalId(), "externalId"), checks.text(input.getName(), "name"),
				checks.timeZone(input.getTimeZone()), checks.locale(input.getLocale()),
				checks.retentionDays(input.getRetentionDays()));
	}

	private static UserChange read(UserInput input, Checks checks) {
		return new UserChange(checks.text(input.getExternalId(), "externalId"), checks.text(input.getName(), "name"),
				input.getRole(), checks.email(input.getEmail()), checks.timeZone(input.getTimeZone()),
				checks.locale(input.getLocale()));
	}

	/** What became of the items, or why nothing was done. */
	record Payload<T>(List<Result<T>> results, List<UserError> userErrors) {

		static <T> Mono<Payload<T>> of(Mono<List<Result<T>>> results) {
			return results.map((all) -> new Payload<>(all, List.of()))
				.onErrorResume(UserErrors.class, (refused) -> Mono.just(new Payload<>(List.of(), refused.errors())));
		}

	}

}
