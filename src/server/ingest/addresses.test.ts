import { describe, expect, it } from 'vitest'
import { isRefusedAddress } from './addresses.ts'

describe('addresses a probe may ask', () => {
  it('are never link-local or metadata, in any spelling', () => {
    const refused = [
      '169.254.169.254',
      '169.254.0.1',
      '::ffff:169.254.169.254',
      'fe80::1',
      'febf::1',
      '64:ff9b::a9fe:a9fe',
      '2002:a9fe:a9fe::1',
      'fd00:ec2::254',
      '168.63.129.16',
      '100.100.100.200',
      '0.0.0.0',
      '::',
      '224.0.0.1',
      'ff02::1',
      '255.255.255.255',
      'not an address',
      '',
    ]
    for (const address of refused) expect([address, isRefusedAddress(address, true)]).toEqual([address, true])
  })

  it('may be private, because what an internal portal watches is inside', () => {
    for (const address of ['10.1.2.3', '172.16.0.1', '192.168.1.1', '127.0.0.1', '::1', 'fd12::1', '100.64.0.1']) {
      expect([address, isRefusedAddress(address, true)]).toEqual([address, false])
      expect([address, isRefusedAddress(address, false)]).toEqual([address, true])
    }
  })

  it('may be public', () => {
    for (const address of ['93.184.216.34', '2606:2800:220:1::1', '64:ff9b::5db8:d822']) {
      expect([address, isRefusedAddress(address, false)]).toEqual([address, false])
    }
  })
})
