import { customer } from './customer.ts'
import { finance } from './finance.ts'
import type { CompanyPlatform } from './platform.ts'
import { sales } from './sales.ts'
import { supplyChain } from './supply-chain.ts'
import { warehouses } from './warehouses.ts'

/** A retailer with a lakehouse: what its data people would put on a status page. */
export const company: readonly CompanyPlatform[] = [...sales, ...finance, ...supplyChain, ...customer, ...warehouses]
