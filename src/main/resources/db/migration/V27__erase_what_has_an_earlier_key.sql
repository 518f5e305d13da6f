-- Erases also what is kept of the address under the key that it had when domains went by the IDNA of 2003, which another domain may
-- have had too: only what is spelled like it.
create function erase_address(p_account bigint, p_key text, p_key_once text, p_spellings text[], p_now timestamptz) returns int
language plpgsql volatile
as $$
begin
  if p_key_once <> p_key then
    update delivery d set address_key = p_key
    where d.account_id = p_account and d.address_key = p_key_once and lower(d.address) = any (p_spellings);
    delete from mail_suppression s
    where s.account_id = p_account and s.address_key = p_key_once and lower(s.address) = any (p_spellings);
  end if;
  return erase_address(p_account, p_key, p_now);
end
$$;
