package dev.belfry.store;

import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.Repository;

/**
 * Rows of an account, by Spring Data: the gate for tables that are only read and written.
 * Each method takes the account first, and its statement asks for it as {@code :account},
 * which a test sees to.
 *
 * @param <T> a row
 */
@NoRepositoryBean
public interface AccountRepository<T> extends Repository<T, Long> {

}
