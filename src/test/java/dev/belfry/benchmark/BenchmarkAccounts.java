package dev.belfry.benchmark;

import java.util.List;
import java.util.stream.Collectors;

/** The accounts of a benchmark: {@code bench-1}, {@code bench-2} and so on. */
public final class BenchmarkAccounts {

	private BenchmarkAccounts() {
	}

	public static void create(Session session, int number) {
		session
			.run("""
					with fresh as (
					  insert into account (external_id, name) select 'bench-' || n, 'Account ' || n from generate_series(1, %d) n
					  returning account_id)
					insert into account_log (account_id) select account_id from fresh"""
				.formatted(number));
	}

	public static String name(int number) {
		return "bench-" + number;
	}

	/**
	 * Switches global notifications on in all accounts, to an address of each account and
	 * a hundred domains.
	 */
	public static void switchOn(Session session, List<String> types) {
		String settings = types.stream()
			.map((type) -> '"' + type + "\": {\"enabled\": true, \"overrideEmails\": []}")
			.collect(Collectors.joining(", ", "{", "}"));
		session
			.run("""
					select save_settings(account_id, 0, 'person-' || account_id || '@d' || account_id %% 100 || '.example', '%s'::jsonb,
					  null, 'Benchmark') from account"""
				.formatted(settings));
	}

	/**
	 * Makes alerts for imported orders in an account, to an address.
	 * @param condition in JSON, with {@code %s} where the number of the alert comes
	 */
	public static void alert(Session session, int account, int alerts, String condition) {
		session.run("""
				select save_alert(a.account_id, null, 0, 'Alert ' || n, 'alert ' || n, 'ORDER_IMPORTED', true, false,
				  format('%s', n)::jsonb, null, '{"subject": "Order", "body": "It came."}',
				  '[{"email": "ann@shop.example"}]', null, 'Benchmark', null, %d)
				from account a, generate_series(1, %d) n where a.external_id = '%s'""".formatted(condition, alerts,
				alerts, name(account)));
	}

}
