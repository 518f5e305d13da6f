package dev.belfry.store;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.convert.ConverterBuilder;
import org.springframework.data.r2dbc.convert.R2dbcCustomConversions;
import org.springframework.data.r2dbc.dialect.PostgresDialect;

import dev.belfry.viewer.AccountId;

/** Lets repositories take and give an account for its number. */
@Configuration(proxyBeanMethods = false)
class AccountConversions {

	@Bean
	R2dbcCustomConversions r2dbcCustomConversions() {
		return R2dbcCustomConversions.of(PostgresDialect.INSTANCE,
				ConverterBuilder.reading(Long.class, AccountId.class, AccountId::new)
					.andWriting(AccountId::value)
					.getConverters());
	}

}
